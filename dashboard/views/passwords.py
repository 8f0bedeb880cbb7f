"""Asking for a new password, and where the link of the letter leads when no other front end receives it."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from backend.accounts.actions import request_password_reset, reset_password


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Says the same whether the address is known or not."""
    if request.method == "POST":
        request_password_reset(request.POST.get("email", ""))
    return render(request, "dashboard/registration/forgotten.html", {"sent": request.method == "POST"})


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest) -> HttpResponse:
    """A visit changes nothing: the password is set by the button."""
    given = request.POST if request.method == "POST" else request.GET
    context = {"token": given.get("token", ""), "changed": False, "refusal": ""}
    if request.method == "POST":
        try:
            reset_password(str(context["token"]), password=request.POST.get("password", ""))
            context["changed"] = True
        except ValidationError as error:
            context["refusal"] = " ".join(error.messages)
    page = "dashboard/registration/reset.html"
    return render(request, page, context, status=400 if context["refusal"] else 200)
