"""Pupils: accounts without e-mail, with words as password, for one workspace."""

import csv
import io
import secrets
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction

from backend.accounts.models import Person, PersonKind, PersonState
from backend.accounts.passwords import password_words
from backend.accounts.sign_in import sign_out_everywhere
from backend.core import clock, fields
from backend.core.guards import allow, ensure, refusal
from backend.core.models import change
from backend.core.text import fold, tidy
from backend.eventlog.record import record
from backend.workspaces.consent import hold_still
from backend.workspaces.events import PupilAdded, PupilPasswordReset, PupilRemoved
from backend.workspaces.models import ConsentKind, Workspace, WorkspaceMembership, WorkspaceRole
from backend.workspaces.naming import withdraw
from backend.workspaces.permissions import can_add_pupils, can_remove_pupil, can_reset_pupil_password
from backend.workspaces.room import ensure_open, enter

PUPILS_AT_ONCE = 60
NAME_COLUMNS = ("given_name", "given name", "name", "prénom", "prenom", "vorname", "nombre", "imię", "nome")


class PupilCard(NamedTuple):
    """What a teacher prints for a pupil; the password is shown this once."""

    membership: WorkspaceMembership
    password: str


@transaction.atomic
def add_pupils(workspace: Workspace, *, actor: Person, given_names: Sequence[str]) -> list[PupilCard]:
    """Accounts for pupils, one for each given name. What names one of them to the world is the members' only, until
    their parents have agreed or a teacher says that somebody else is meant."""
    allow(can_add_pupils(enter(workspace, actor)))
    ensure_open(workspace)
    names = [tidy(name) for name in given_names]
    ensure(0 < len(names) <= PUPILS_AT_ONCE, "too_many_pupils", field="given_names", limit=PUPILS_AT_ONCE)
    for name in names:
        fields.require(given_names=name)
        fields.limit(80, given_names=name)
    room = hold_still(workspace, ConsentKind.NAME)
    cards = [_add_pupil(workspace, actor, name) for name in names]
    for fact in withdraw(room, [card.membership for card in cards]):
        record(fact, actor=actor)
    return cards


def names_in_list(text: str) -> list[str]:
    """The given names of a class list in CSV; its first line names the columns, surnames are not kept."""
    text = text.lstrip("\ufeff")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    names: list[str] = []
    try:
        columns = [tidy(cell).casefold() for cell in next(rows, [])]
        place = next((columns.index(name) for name in NAME_COLUMNS if name in columns), None)
        ensure(place is not None, "list_column_missing", field="list")
        assert place is not None
        for row in rows:
            ensure(not row or len(row) > place, "list_unreadable", field="list", line=rows.line_num)
            if row and row[place].strip():
                names.append(row[place])
    except csv.Error:
        raise refusal("list_unreadable", field="list", line=rows.line_num) from None
    return names


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


@transaction.atomic
def remove_pupil(membership: WorkspaceMembership, *, actor: Person) -> WorkspaceMembership:
    """The account ends with its only workspace; what the pupil wrote stays."""
    membership = WorkspaceMembership.objects.lock(membership)
    allow(can_remove_pupil(enter(membership.workspace, actor), membership))
    ensure_open(membership.workspace)
    end_pupil(membership)
    record(PupilRemoved(membership), actor=actor)
    return membership


def end_pupil(membership: WorkspaceMembership) -> None:
    """Nobody signs in with this account any more."""
    change(membership, left_at=clock.now())
    change(membership.person, state=PersonState.REVOKED, state_since=clock.now())
    sign_out_everywhere(membership.person)


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
