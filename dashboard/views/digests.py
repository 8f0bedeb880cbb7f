"""Where the link at the end of a letter leads: no more letters."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from backend.accounts.digests import unsubscribe
from backend.mailings.actions.consent import stop_mailings


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the token is all it takes
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest) -> HttpResponse:
    """The letters about the inbox."""
    return _end(request, unsubscribe, _("Letters about your inbox"))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_messages(request: HttpRequest) -> HttpResponse:
    """What the agency writes to many."""
    return _end(request, stop_mailings, _("Messages of your agency"))


def _end(request: HttpRequest, rule: Callable[[str], None], title: str) -> HttpResponse:
    """A visit changes nothing, for mail programs look at links before people do."""
    token = request.GET.get("token", "") or request.POST.get("token", "")
    context = {"token": token, "ended": False, "refusal": "", "title": title}
    if request.method == "POST":
        try:
            rule(str(token))
            context["ended"] = True
        except ValidationError as error:
            context["refusal"] = " ".join(error.messages)
    page = "dashboard/registration/unsubscribe.html"
    return render(request, page, context, status=400 if context["refusal"] else 200)
