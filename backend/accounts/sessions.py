"""Django's database sessions, in a table that knows whose session each is, so that all of a person's can be ended."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject
from django_otp import DEVICE_ID_SESSION_KEY

from backend.accounts.models import Person, Session, SignInAttempt
from backend.core import clock

ATTEMPTS_KEPT = timedelta(days=1)
BROWSER, SINCE = "browser", "since"  # where they stand in a session's data
BROWSERS = ("Firefox", "Edg", "OPR", "Chrome", "Safari")
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")
NAMES = {"Edg": "Edge", "OPR": "Opera", "Mac OS": "macOS"}


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> Any:
        return Session

    @classmethod
    def clear_expired(cls) -> None:
        """What `clearsessions` does every night; attempts to sign in go with the sessions."""
        super().clear_expired()
        SignInAttempt.objects.filter(at__lte=clock.now() - ATTEMPTS_KEPT).delete()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session: Session = super().create_model_instance(data)  # type: ignore[assignment]
        session.person_id = data.get(SESSION_KEY)
        session.browser = data.get(BROWSER, "")
        if SINCE in data:
            session.created_at = datetime.fromisoformat(data[SINCE])
        return session


def browser_of(agent: str) -> str:
    """A browser's name and system from what it says of itself, such as “Firefox on Linux”; empty for others."""
    found = [next((NAMES.get(name, name) for name in names if name in agent), "") for names in (BROWSERS, SYSTEMS)]
    return " on ".join(part for part in found if part)


def proved(user: Any, session: Any) -> Any:
    """The person knows whether this session gave a second factor: django-otp's mark stands in its data."""
    if isinstance(user, Person):
        user.is_proved = DEVICE_ID_SESSION_KEY in session
    return user


def note_proof(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Django-otp's middleware without its query: sessions end when a second factor is removed, so the mark is enough."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user, load_user = request.user, request.auser

        async def auser() -> Any:
            return proved(await load_user(), request.session)

        request.user = SimpleLazyObject(lambda: proved(user, request.session))  # type: ignore[assignment]
        request.auser = auser
        return get_response(request)

    return middleware
