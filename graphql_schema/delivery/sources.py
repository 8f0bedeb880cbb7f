"""What live subscriptions read: a stream, who may read it, and what is sent of it."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from backend.accounts.models import MAY_SIGN_IN, Person, PersonState
from backend.accounts.sign_in import proofs_that_hold
from backend.core.deadline import within_time
from backend.eventlog.cursors import Cursor
from backend.eventlog.reading import Page, read_after
from backend.projects.models import Project
from backend.projects.permissions import follows_as
from backend.workspaces.models import WorkspaceMembership
from graphql_schema.delivery.pages import Delivered
from graphql_schema.types.live.updates import AccessEnded, Heartbeat, NotificationEvent, ProjectEvent, Resume, Resync


@dataclass(frozen=True)
class Reader:
    """Somebody who subscribed: the person, and the session or token they did it with."""

    person: UUID
    proof: str


class Source(Protocol):
    """One stream. `rights` makes a bounded number of queries, whatever the number of readers."""

    stream_id: UUID

    def rights(self, readers: Iterable[Reader]) -> dict[Reader, Hashable]:
        """Who may read now, each with what distinguishes their rights."""

    def events(self, page: Page) -> list[Any]:
        """What is sent for the entries of a page."""


class Updates:
    """The words every stream has besides its events."""

    heartbeat, resume, resync, access_ended = Heartbeat, Resume, Resync, AccessEnded


@dataclass(frozen=True)
class WorkspaceSource:
    """A workspace: its present members whose account and sign-in are good."""

    stream_id: UUID

    def rights(self, readers: Iterable[Reader]) -> dict[Reader, Hashable]:
        readers = list(readers)
        present = WorkspaceMembership.objects.present().filter(
            workspace=self.stream_id,
            person__in={r.person for r in readers},
            person__state=PersonState.VALIDATED,
        )
        roles = dict(present.values_list("person", "role"))
        good = proofs_that_hold({r.proof for r in readers})
        return {r: roles[r.person] for r in readers if r.person in roles and r.proof in good}

    def events(self, page: Page) -> list[Any]:
        return Delivered(page).events()


@dataclass(frozen=True)
class InboxSource:
    """A person's inbox: that person alone."""

    stream_id: UUID

    def rights(self, readers: Iterable[Reader]) -> dict[Reader, Hashable]:
        mine = [r for r in readers if r.person == self.stream_id]
        active = Person.objects.filter(pk=self.stream_id, state__in=MAY_SIGN_IN).exists()
        good = proofs_that_hold({r.proof for r in mine}) if active else set()
        return {r: "owner" for r in mine if r.proof in good}

    def events(self, page: Page) -> list[Any]:
        return Delivered(page).events(NotificationEvent)


@dataclass(frozen=True)
class ProjectSource:
    """A project: who is in it, and the agencies of their countries once it is sent."""

    stream_id: UUID

    def rights(self, readers: Iterable[Reader]) -> dict[Reader, Hashable]:
        readers = list(readers)
        project = Project.objects.prefetch_related("members").filter(pk=self.stream_id).first()
        if project is None:
            return {}
        people = Person.objects.select_related("officer__agency").filter(
            pk__in={r.person for r in readers}, state__in=MAY_SIGN_IN
        )
        roles = {person.pk: role for person in people if (role := follows_as(person, project))}
        good = proofs_that_hold({r.proof for r in readers})
        return {r: roles[r.person] for r in readers if r.person in roles and r.proof in good}

    def events(self, page: Page) -> list[Any]:
        return Delivered(page).events(ProjectEvent)


@dataclass(frozen=True)
class Reading:
    """One look at a stream."""

    page: Page
    rights: dict[Reader, Hashable]


def look(source: Source, cursor: Cursor, readers: Iterable[Reader]) -> Reading:
    """The events after the cursor and the rights of today; call it in one snapshot with what is done with them. It asks
    the same few statements however many there are, so it ends in time like a request."""
    with within_time():
        return Reading(read_after(cursor), source.rights(readers))
