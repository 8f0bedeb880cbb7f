"""How long what is known is kept. Each step can be repeated, and counts what it would do before it does it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import AccessToken, Person, PersonKind, PersonState, Session, SignInAttempt
from backend.core import clock
from backend.core.models import change
from backend.eventlog.models import Receipt
from backend.eventlog.receipts import KEPT_FOR as RECEIPTS_KEPT
from backend.eventlog.record import record
from backend.moderation.models import Report, ReportReading, ReportState
from backend.notifications.models import Notification
from backend.privacy.erasing import erase
from backend.privacy.events import AccountErased, ContentRetired
from backend.projects.models import ProjectState
from backend.workspaces.models import File, TextVersion, Workspace
from backend.workspaces.models.room import Inside

LOGS = timedelta(days=90)
ATTEMPTS = timedelta(days=1)
UNCONFIRMED = timedelta(days=30)
REJECTED = timedelta(days=365)
CONTENT = timedelta(days=365)
ENDED_PUPILS = timedelta(days=365)

Step = tuple[str | Promise, Callable[[], QuerySet[Any]], Callable[[QuerySet[Any]], object]]


def apply_retention(*, dry_run: bool = False) -> Iterator[tuple[str, int]]:
    """What each step is about, and how many rows, people or workspaces it concerned."""
    for name, find, run in STEPS:
        found = find()
        count = found.count()
        if count and not dry_run:
            run(found)
        yield str(name), count


def _delete(rows: QuerySet[Any]) -> None:
    rows.delete()


def _older(model: Any, field: str, age: timedelta, **where: Any) -> Callable[[], QuerySet[Any]]:
    return lambda: model._default_manager.filter(**{f"{field}__lt": clock.now() - age}, **where)


def _accounts(age: timedelta, **where: Any) -> Callable[[], QuerySet[Any]]:
    return _older(Person, "state_since", age, **where)


def _erase_each(people: QuerySet[Any]) -> None:
    """One transaction a person, so that a stop in between leaves nothing half done."""
    for person in people:
        with transaction.atomic():
            locked = Person.objects.lock(person)
            erase(locked)
            record(AccountErased(locked), actor=None)


def _content() -> QuerySet[Any]:
    """Workspaces closed for a year whose founders did not archive them, with something still in them."""
    closed = Workspace.objects.filter(
        project__state=ProjectState.CLOSED, project__state_since__lt=clock.now() - CONTENT, content_retired_at=None
    )
    return closed.order_by("pk")


def _said_long_ago() -> QuerySet[Any]:
    decided: QuerySet[Any] = Report.objects.filter(state=ReportState.DECIDED, decided_at__lt=clock.now() - CONTENT)
    return decided.exclude(said=[])


def _retire_each(workspaces: QuerySet[Any]) -> None:
    for workspace in workspaces:
        with transaction.atomic():
            _retire(Workspace.objects.lock(workspace))


def _retire(workspace: Workspace) -> None:
    """Everything written and uploaded goes; the project, its text and its labels stay."""
    change(workspace, description="", image=None, is_public=False, content_retired_at=clock.now())
    for file in File.objects.filter(workspace=workspace).exclude(content=""):
        transaction.on_commit(lambda file=file: file.content.storage.delete(file.content.name))  # type: ignore[misc]
    for model in (*Inside.__subclasses__(), TextVersion):
        model._base_manager.filter(workspace=workspace).delete()  # type: ignore[attr-defined]
    _forget_words(Report.objects.filter(workspace=workspace, state=ReportState.DECIDED))
    record(ContentRetired(workspace.project), actor=None)


def _forget_words(reports: QuerySet[Any]) -> None:
    reports.update(said=[])


STEPS: tuple[Step, ...] = (
    (_("attempts to sign in"), _older(SignInAttempt, "at", ATTEMPTS), _delete),
    (_("ended sessions"), _older(Session, "expire_date", timedelta()), _delete),
    (_("expired tokens"), _older(AccessToken, "expires_at", LOGS), _delete),
    (_("revoked tokens"), _older(AccessToken, "revoked_at", LOGS), _delete),
    (_("answers kept for clients that repeat themselves"), _older(Receipt, "at", RECEIPTS_KEPT), _delete),
    (_("read notifications"), _older(Notification, "read_at", LOGS), _delete),
    (_("who opened which report"), _older(ReportReading, "created_at", LOGS), _delete),
    (
        _("registrations whose address was never confirmed"),
        _accounts(UNCONFIRMED, state=PersonState.EMAIL_UNCONFIRMED, kind=PersonKind.STAFF),
        _erase_each,
    ),
    (_("rejected requests"), _accounts(REJECTED, state=PersonState.REJECTED), _erase_each),
    (
        _("pupils whose account ended"),
        _accounts(ENDED_PUPILS, state=PersonState.REVOKED, kind=PersonKind.PUPIL),
        _erase_each,
    ),
    (_("what reported things said, decided a year ago"), _said_long_ago, _forget_words),
    (_("workspaces closed a year ago and not archived"), _content, _retire_each),
)
