"""Pupils: accounts without e-mail, with words as password, for one workspace."""

import secrets
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction

from backend.accounts.models import Person, PersonKind, PersonState
from backend.accounts.passwords import password_words
from backend.accounts.sign_in import sign_out_everywhere
from backend.core import fields
from backend.core.guards import allow, ensure
from backend.core.text import fold, tidy
from backend.eventlog.record import record
from backend.workspaces.events import PupilAdded, PupilPasswordReset
from backend.workspaces.models import Workspace, WorkspaceMembership, WorkspaceRole
from backend.workspaces.permissions import can_add_pupils, can_reset_pupil_password
from backend.workspaces.room import ensure_open, enter

PUPILS_AT_ONCE = 60


class PupilCard(NamedTuple):
    """What a teacher prints for a pupil; the password is shown this once."""

    membership: WorkspaceMembership
    password: str


@transaction.atomic
def add_pupils(workspace: Workspace, *, actor: Person, given_names: Sequence[str]) -> list[PupilCard]:
    """Accounts for pupils, one for each given name."""
    allow(can_add_pupils(enter(workspace, actor)))
    ensure_open(workspace)
    names = [tidy(name) for name in given_names]
    ensure(0 < len(names) <= PUPILS_AT_ONCE, "too_many_pupils", field="given_names", limit=PUPILS_AT_ONCE)
    for name in names:
        fields.require(given_names=name)
        fields.limit(80, given_names=name)
    return [_add_pupil(workspace, actor, name) for name in names]


@transaction.atomic
def reset_pupil_password(membership: WorkspaceMembership, *, actor: Person) -> PupilCard:
    """New words for a pupil who forgot the old ones."""
    workspace = membership.workspace
    allow(can_reset_pupil_password(enter(workspace, actor), membership))
    ensure_open(workspace)
    pupil = Person.objects.lock(membership.person)
    password = password_words()
    pupil.set_password(password)
    pupil.save(update_fields=["password", "updated_at"])
    sign_out_everywhere(pupil)
    record(PupilPasswordReset(membership), actor=actor)
    return PupilCard(membership, password)


def _add_pupil(workspace: Workspace, actor: Person, name: str) -> PupilCard:
    password = password_words()
    pupil = Person(
        login=_free_login(name), kind=PersonKind.PUPIL, state=PersonState.VALIDATED, given_name=name,
        language=actor.language, country_id=actor.country_id, school_id=actor.school_id, time_zone=actor.time_zone,
    )  # fmt: skip
    pupil.set_password(password)
    pupil.save(force_insert=True)
    membership = WorkspaceMembership.objects.create(
        workspace=workspace, person=pupil, role=WorkspaceRole.PUPIL, added_by=actor
    )
    record(PupilAdded(membership), actor=actor)
    return PupilCard(membership, password)


def _free_login(name: str) -> str:
    stem = fold(name).replace(" ", "-")[:40] or "pupil"
    while True:
        login = f"{stem}-{secrets.randbelow(9000) + 1000}"
        if not Person.objects.filter(login=login).exists():
            return login
