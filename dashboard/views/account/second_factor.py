"""An officer's second factor: setting it up, new recovery codes, giving it up for another one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from backend.accounts import actions
from backend.accounts.second_factor import device_of, device_to_confirm, qr_code, secret_of
from backend.accounts.sign_in import prove_session, session_proof
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.sign_in import CodeForm
from dashboard.perform import INVALID, perform, put_back

PAGE = "dashboard/second_factor/page.html"


def with_or_without_factor(view: Callable[[OfficerRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The one place that is open to officers who have not given a second factor; for others as everywhere."""
    with_factor = for_officers(view)

    @wraps(view)
    @never_cache
    def entered(request: Any) -> HttpResponse:
        is_officer = request.user.is_authenticated and request.user.needs_second_factor
        return view(request) if is_officer else with_factor(request)

    return entered


@require_safe
@with_or_without_factor
def second_factor(request: OfficerRequest) -> HttpResponse:
    return _page(request, CodeForm())


@require_POST
@with_or_without_factor
def set_up(request: OfficerRequest) -> HttpResponse:
    form = CodeForm({"code": "-"})
    status = perform(form, actions.set_up_second_factor, request.user)
    return _page(request, form, status) if form.errors else redirect("dashboard:second_factor")


@sensitive_post_parameters("code")
@require_POST
@with_or_without_factor
def activate(request: OfficerRequest) -> HttpResponse:
    """The recovery codes are shown with the answer, and never again."""

    def run(code: str) -> list[str]:
        proof = session_proof(request.session.session_key or "")
        device, codes = actions.activate_second_factor(request.user, code=code, keep=proof)
        prove_session(request, device)
        return codes

    return _with_code(request, run)


@sensitive_post_parameters("code")
@require_POST
@for_officers
def renew(request: OfficerRequest) -> HttpResponse:
    return _with_code(request, lambda code: actions.renew_recovery_codes(request.user, code=code))


@sensitive_post_parameters("code")
@require_POST
@for_officers
def remove(request: OfficerRequest) -> HttpResponse:
    """For another telephone: signs out everywhere, and the next sign-in leads to the page that sets one up."""
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            actions.remove_second_factor(request.user, code=form.cleaned_data["code"])
            return redirect("dashboard:sign_in")
        except ValidationError as error:
            put_back(form, error)
    return _page(request, form, INVALID)


def _with_code(request: OfficerRequest, rule: Callable[[str], list[str]]) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            return render(request, "dashboard/second_factor/codes.html", {"codes": rule(form.cleaned_data["code"])})
        except ValidationError as error:
            put_back(form, error)
    return _page(request, form, INVALID)


def _page(request: OfficerRequest, form: CodeForm, status: int = 200) -> HttpResponse:
    waiting = device_to_confirm(request.user)
    shown = {"qr_code": qr_code(waiting), "secret": secret_of(waiting)} if waiting else {}
    left = request.user.recovery_codes.count()
    given = {"form": form, "is_set": device_of(request.user) is not None, "left": left, **shown}
    given["frame"] = "dashboard/alone.html" if request.user.needs_second_factor else "dashboard/page.html"
    return render(request, PAGE, given, status=status)
