"""Pupils' names before the world: only where parents agreed."""

import re
from collections.abc import Iterable

from backend.core.guards import ensure
from backend.core.models import change
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
    pupils = me.workspace.memberships.present().filter(role__in=PUPIL_ROLES).select_related("person")
    agreed = Consent.objects.filter(kind=ConsentKind.NAME, is_given=True)
    lacking = pupils.exclude(pk__in=agreed.values("membership"))
    named = sorted({m.person.given_name for m in lacking if any(names(m, text) for text in shown)})
    ensure(not named, "name_not_agreed", names=", ".join(named))


def ensure_page_names(me: WorkspaceMembership, page: Page, *, names_others: bool = False) -> None:
    """The same, of a page that the world reads once the home is public."""
    if page.audience == Audience.PUBLIC and not page.is_draft:
        ensure_names(me, page.title, page.text, names_others=names_others)


def names(pupil: WorkspaceMembership, text: str) -> bool:
    """As a word of its own, with its capital."""
    name = pupil.person.given_name
    found = re.search(rf"(?<!\w)(?:{re.escape(name)}|{re.escape(name.upper())})(?!\w)", text)
    return bool(name) and found is not None


def withdraw(pupil: WorkspaceMembership) -> list[Page | File | Workspace]:
    """Parents do not agree: what names the pupil is for members only from now on. Returns what was changed."""
    room = Workspace.objects.lock(pupil.workspace)
    public: Iterable[Page | File] = [
        *Page.objects.filter(workspace=room, audience=Audience.PUBLIC, removed_at=None).exclude(published_at=None),
        *File.objects.filter(workspace=room, audience=Audience.PUBLIC, removed_at=None),
    ]
    found: list[Page | File | Workspace] = [thing for thing in public if _is_named(pupil, thing)]
    for thing in found:
        change(thing, audience=Audience.MEMBERS)
    if room.is_public and _is_named(pupil, room):
        change(room, is_public=False)
        found.append(room)
    return found


def _is_named(pupil: WorkspaceMembership, thing: Page | File | Workspace) -> bool:
    return any(names(pupil, getattr(thing, field)) for field in WORDS[type(thing)])
