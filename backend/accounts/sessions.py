"""Django's database sessions, in a table that knows whose session each is, so that all of a person's can be ended."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from backend.accounts.models import Session, SignInAttempt
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
