"""Where the link at the end of a letter leads: no more letters."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from backend.accounts.digests import unsubscribe


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the token is all it takes
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest) -> HttpResponse:
    """A visit changes nothing, for mail programs look at links before people do."""
    token = request.GET.get("token", "") or request.POST.get("token", "")
    context = {"token": token, "ended": False, "refusal": ""}
    if request.method == "POST":
        try:
            unsubscribe(str(token))
            context["ended"] = True
        except ValidationError as error:
            context["refusal"] = " ".join(error.messages)
    page = "dashboard/registration/unsubscribe.html"
    return render(request, page, context, status=400 if context["refusal"] else 200)
