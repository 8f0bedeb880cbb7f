"""The language and time zone of a request: as chosen in this browser, else the person's own, else the browser's."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest
from django.middleware import locale
from django.utils import timezone, translation

from backend.accounts.models import Person


class LocaleMiddleware(locale.LocaleMiddleware):
    """Django's, which knows nothing of people."""

    def process_request(self, request: HttpRequest) -> None:
        # The same lazy look-up as AuthenticationMiddleware's, kept on the request: one query for both.
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        person = get_user(request) if signed_in else None
        person = person if isinstance(person, Person) else None
        translation.activate(language_of(request, person))
        request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        if person:
            timezone.activate(ZoneInfo(person.time_zone))
        else:
            timezone.deactivate()


def language_of(request: HttpRequest, person: Person | None) -> str:
    known = dict(settings.LANGUAGES)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if person and chosen not in known and person.language in known:
        return person.language
    return translation.get_language_from_request(request)
