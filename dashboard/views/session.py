"""Coming in, leaving, and choosing the language."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp.plugins.otp_totp.models import TOTPDevice

from backend.accounts.actions import confirm_second_factor
from backend.accounts.models import Person
from backend.accounts.second_factor import challenge, device_of
from backend.accounts.sign_in import begin_session, note_use, session_proof
from backend.accounts.sign_in import sign_out as end_session
from dashboard.forms.sign_in import CodeForm, SignInForm
from dashboard.perform import INVALID, put_back


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    way_on = _own_page(request, reverse("dashboard:today"))
    if request.user.is_authenticated and request.method != "POST":
        return redirect(way_on)
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.check(request) and form.person:
        if device_of(form.person):
            given = {"form": CodeForm(), "challenge": challenge(form.person), "next": way_on}
            return render(request, "dashboard/session/code.html", given)
        return _enter(request, form.person, way_on)
    status = INVALID if request.method == "POST" else 200
    return render(request, "dashboard/session/sign_in.html", {"form": form, "next": way_on}, status=status)


@sensitive_post_parameters("code", "challenge")
@never_cache
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """The second step: a code. Whoever takes too long begins again."""
    form, asked = CodeForm(request.POST), request.POST.get("challenge", "")
    way_on = _own_page(request, reverse("dashboard:today"))
    if form.is_valid():
        try:
            challenged, device = confirm_second_factor(asked, code=form.cleaned_data["code"])
        except ValidationError as error:
            put_back(form, error)
        else:
            return _enter(request, challenged.person, way_on, device)
    given = {"form": form, "challenge": asked, "next": way_on}
    return render(request, "dashboard/session/code.html", given, status=INVALID)


def _enter(request: HttpRequest, person: Person, way_on: str, device: TOTPDevice | None = None) -> HttpResponse:
    begin_session(request, person, device=device)
    note_use(person, session_proof(str(request.session.session_key)))
    return redirect(way_on)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    end_session(request)
    return redirect("dashboard:sign_in")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the choice in a cookie, for visitors and for officers alike."""
    response = redirect(_own_page(request, reverse("dashboard:today")))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _own_page(request: HttpRequest, otherwise: str) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else otherwise
