"""Who may enter: officers of an agency and of the central service; and what they find is the same 404 otherwise."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.gzip import gzip_page

from backend.accounts.models import Person
from backend.accounts.sign_in import note_use, session_proof
from dashboard import planning

P = ParamSpec("P")
A = TypeVar("A", bound=HttpResponseBase)


class OfficerRequest(HttpRequest):
    """A request whose sender answers for at least one country."""

    user: Person


def for_officers(view: Callable[Concatenate[OfficerRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Visitors are sent to sign in, officers without a second factor to set one up; others are told it is not for them."""

    return wraps(view)(gzip_page(streamed_for_officers(view)))


def streamed_for_officers(view: Callable[Concatenate[OfficerRequest, P], A]) -> Callable[..., A | HttpResponse]:
    """The same for answers that come in pieces: each would be compressed apart, which many clients cannot read."""

    @wraps(view)
    def entered(request: OfficerRequest, *args: P.args, **kwargs: P.kwargs) -> A | HttpResponse:
        if not request.user.is_authenticated:
            wanted = request.get_full_path() if request.method == "GET" else reverse("dashboard:today")
            return redirect_to_login(wanted, reverse("dashboard:sign_in"))
        if request.user.needs_second_factor:
            return redirect("dashboard:second_factor")
        if not request.user.oversees:
            return render(request, "dashboard/session/not_for_you.html", status=403)
        if request.method == "POST":  # a page that is read stays with its few statements
            note_use(request.user, session_proof(str(request.session.session_key)))
        with planning.for_what_is_asked():
            response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return entered
