"""Where the link of the letter about a suspension or ban leads when no other front end receives it."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from backend.moderation.actions.sanctions import appeal_by_link


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest) -> HttpResponse:
    """Who cannot sign in writes here why the decision is not right; what was typed is kept when it is refused."""
    given = request.POST if request.method == "POST" else request.GET
    context = {"token": given.get("token", ""), "text": given.get("text", ""), "sent": False, "refusal": ""}
    if request.method == "POST":
        try:
            appeal_by_link(str(context["token"]), text=str(context["text"]))
            context["sent"] = True
        except ValidationError as error:
            context["refusal"] = " ".join(error.messages)
    return render(request, "dashboard/registration/appeal.html", context, status=400 if context["refusal"] else 200)
