"""Pupils' accounts end a month after their project is closed; a teacher who is gone watches no chat room."""

from datetime import timedelta

from django.db import transaction

from backend.accounts.events import PersonFact
from backend.accounts.models import Person
from backend.core import clock
from backend.core.models import change
from backend.eventlog.facts import Fact
from backend.eventlog.models import Event
from backend.eventlog.record import record
from backend.projects.models import ProjectState
from backend.workspaces.actions.members import end_pupil
from backend.workspaces.events import ChatDutyEnded, MemberLeft
from backend.workspaces.models import PUPIL_ROLES, ChatRoom, Workspace, WorkspaceRole

PUPILS_STAY = timedelta(days=30)


def retire_pupils() -> int:
    """End the accounts of pupils in workspaces that were closed long enough ago; returns how many."""
    long_closed = Workspace.objects.filter(
        project__state=ProjectState.CLOSED,
        project__state_since__lt=clock.now() - PUPILS_STAY,
        memberships__role__in=PUPIL_ROLES,
        memberships__left_at=None,
    )
    return sum(release_class(workspace) for workspace in long_closed.distinct())


@transaction.atomic
def release_class(workspace: Workspace) -> int:
    """Pupils and guests leave; the teachers stay."""
    leaving = workspace.memberships.filter(left_at=None, role__in=(*PUPIL_ROLES, WorkspaceRole.GUEST))
    present = list(leaving.select_related("person"))
    for membership in present:
        if membership.is_pupil:
            end_pupil(membership)
        else:
            membership.left_at = clock.now()
            membership.save(update_fields=["left_at", "updated_at"])
        record(MemberLeft(membership), actor=membership.person)
    return len(present)


def end_duties(person: Person, workspace: Workspace | None = None) -> None:
    """Everywhere, or in one workspace: everybody sees at once that pupils cannot write."""
    watched = ChatRoom.objects.filter(on_duty=person, duty_ends_at__gt=clock.now())
    if workspace:
        watched = watched.filter(workspace=workspace)
    for room in watched.select_for_update(of=("self",)).order_by("pk"):
        change(room, on_duty=None, duty_ends_at=None)
        record(ChatDutyEnded(room), actor=person)


def leave_rooms(fact: Fact, event: Event) -> None:
    """Whose account was closed, or who waits for another country's agency, is on duty nowhere."""
    assert isinstance(fact, PersonFact)
    end_duties(fact.person)
