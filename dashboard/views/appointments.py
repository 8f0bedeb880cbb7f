"""Where the link of a new officer's letter leads when no other front end receives it."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from backend.agencies.actions import accept_appointment


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    """The officer chooses a password; with it the appointment is in force."""
    given = request.POST if request.method == "POST" else request.GET
    context = {"token": given.get("token", ""), "accepted": False, "refusal": ""}
    if request.method == "POST":
        try:
            accept_appointment(str(context["token"]), password=request.POST.get("password", ""))
            context["accepted"] = True
        except ValidationError as error:
            context["refusal"] = " ".join(error.messages)
    page = "dashboard/registration/appointment.html"
    return render(request, page, context, status=400 if context["refusal"] else 200)
