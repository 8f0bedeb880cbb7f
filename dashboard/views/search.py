"""One search for everything that has a record."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.desk.finding import search_everything
from dashboard.access import OfficerRequest, for_officers


@require_safe
@for_officers
def search(request: OfficerRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:100]
    context = {"words": words, "found": search_everything(request.user, words)}
    return render(request, "dashboard/today/search.html", context)
