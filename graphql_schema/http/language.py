"""The language of an answer."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from backend.accounts.models import Person


def language_of(request: HttpRequest, viewer: Person | None) -> str:
    """As the request says, else the person's own."""
    if viewer and not request.headers.get("Accept-Language"):
        return viewer.language
    return translation.get_language() or settings.LANGUAGE_CODE
