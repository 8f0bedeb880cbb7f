"""Where the link of the registration letter leads when no other front end receives it."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from backend.accounts.actions import confirm_email
from backend.accounts.letters import is_of_new_address


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Shows a button first: programs that follow every link of a letter must not confirm it."""
    context = {"token": request.GET.get("token", ""), "confirmed": False, "refusal": ""}
    if request.method == "POST":
        context["token"] = request.POST.get("token", "")
        try:
            confirm_email(str(context["token"]))
            context["confirmed"] = True
        except ValidationError as error:
            context["refusal"] = " ".join(error.messages)
    context["is_change"] = is_of_new_address(str(context["token"]))
    return render(request, "dashboard/registration/confirm.html", context, status=400 if context["refusal"] else 200)
