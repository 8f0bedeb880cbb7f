"""Pupils' names before the world: only where parents agreed."""

import re
from collections.abc import Iterable, Mapping

from backend.core.guards import ensure
from backend.core.models import change
from backend.eventlog.facts import Fact
from backend.workspaces.events import HomeClosed, Withdrawn
from backend.workspaces.models import (
    PUPIL_ROLES,
    Audience,
    Consent,
    ConsentKind,
    File,
    Page,
    Workspace,
    WorkspaceMembership,
)
from backend.workspaces.permissions import is_staff

WORDS = {Page: ("title", "text"), File: ("name", "caption", "source"), Workspace: ("description",)}


def ensure_names(me: WorkspaceMembership, *shown: str, names_others: bool = False) -> None:
    """Refuses what the world reads, if it names a pupil whose parents have not agreed. Names are found by their letters;
    a teacher who has looked may say that other people are meant: Victor Hugo, not Hugo of this class."""
    if names_others and is_staff(me):
        return
    named = named_in(_not_agreed(me.workspace), *shown)
    if is_staff(me):  # pupils do not learn whose parents it is
        ensure(not named, "name_not_agreed", names=", ".join(named))
    ensure(not named, "name_needs_teacher")


def ensure_page_names(me: WorkspaceMembership, page: Page, *, names_others: bool = False) -> None:
    """The same, of a page that the world reads once the home is public."""
    if page.audience == Audience.PUBLIC and not page.is_draft:
        ensure_names(me, page.title, page.text, names_others=names_others)


def ensure_home_names(me: WorkspaceMembership, *, names_others: bool = False) -> None:
    """The same, of everything that the world reads with the home."""
    room = me.workspace
    shown = [text for thing in (room, *_public(room)) for text in _texts(thing)]
    ensure_names(me, *shown, names_others=names_others)


def named_in(pupils: Iterable[WorkspaceMembership], *shown: str) -> list[str]:
    given = {m.person.given_name for m in pupils}
    some = words_of(given)
    telling = [text for text in shown if some.search(text)]
    return sorted(name for name in given if any(map(words_of([name]).search, telling)))


def words_of(names: Iterable[str]) -> re.Pattern[str]:
    """Finds each of them as a word of its own, with its capital, in one reading of a text."""
    forms = {re.escape(form) for name in names if name for form in (name, name.upper())}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(forms)) or '(?!)'})(?!\w)")


def withdraw(room: Workspace, pupils: Iterable[WorkspaceMembership]) -> list[Fact]:
    """Parents do not agree, or have not been asked yet: what names one of these pupils is for members only from now on.
    The room is held still. Returns what is to be recorded, after the last lock."""
    facts: list[Fact] = []
    some = words_of(pupil.person.given_name for pupil in pupils)
    for thing in _public(room):
        if any(map(some.search, _texts(thing))):
            change(thing, audience=Audience.MEMBERS)
            facts.append(Withdrawn(thing))
    if room.is_public and any(map(some.search, _texts(room))):
        change(room, is_public=False)
        facts.append(HomeClosed(room))
    return facts


def is_named_anew(room: Workspace, before: Mapping[str, str]) -> bool:
    """Whether the project's title or summary, which stand in the home, name somebody whom they did not name before."""
    lacking = _not_agreed(room)
    now = named_in(lacking, room.project.title, room.project.summary)
    return bool(set(now) - set(named_in(lacking, *before.values())))


def _not_agreed(room: Workspace) -> list[WorkspaceMembership]:
    """Also of pupils who have left: parents were asked, or not, for good."""
    pupils = room.memberships.filter(role__in=PUPIL_ROLES).select_related("person")
    agreed = Consent.objects.filter(kind=ConsentKind.NAME, is_given=True)
    return list(pupils.exclude(pk__in=agreed.values("membership")))


def _public(room: Workspace) -> list[Page | File]:
    """What the world reads, or would once the home is public."""
    shown = {"workspace": room, "audience": Audience.PUBLIC, "removed_at": None}
    return [*Page.objects.filter(**shown).exclude(published_at=None), *File.objects.filter(**shown)]


def _texts(thing: Page | File | Workspace) -> list[str]:
    own = [getattr(thing, field) for field in WORDS[type(thing)]]
    return [*own, thing.project.title, thing.project.summary] if isinstance(thing, Workspace) else own
