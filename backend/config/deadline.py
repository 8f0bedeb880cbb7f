"""Every request ends: what it asks of the database too late is refused, and a page says so."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from backend.core.deadline import is_timeout, within_time


class Deadline:
    """Outermost of the middleware. What streams afterwards (a film, an export) takes as long as its reader takes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with within_time():
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not is_timeout(error):
            return None
        page = render_to_string("503.html")  # without the request: who asks would be asked of the database
        return HttpResponse(page, status=503, headers={"Retry-After": "5"})
