"""Taking away what was reported, and bringing it back: a thing in a workspace, a profile's texts, a home,
a project's texts, an entry."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from backend.accounts.models import Person
from backend.accounts.words import words_of
from backend.core import clock
from backend.core.models import Removable, change
from backend.eventlog.record import record
from backend.library.events import EntryArchived
from backend.library.models import EntryState, LibraryEntry
from backend.moderation import events
from backend.moderation.models import Report
from backend.moderation.subjects import PROFILE_TEXTS, subject_of
from backend.projects.models import Project
from backend.projects.text import LINES, write
from backend.workspaces.events import (
    ActivityRemoved,
    ChatMessageRemoved,
    FileRemoved,
    FolderRemoved,
    HomeClosed,
    PageRemoved,
    PostRemoved,
    UpdateRemoved,
)
from backend.workspaces.models import (
    Activity,
    ChatMessage,
    File,
    Folder,
    Inside,
    Page,
    Post,
    PublicHome,
    Update,
    Workspace,
)
from backend.workspaces.versions import rewrite

REMOVALS: dict[type[Any], type[Any]] = {
    Post: PostRemoved, File: FileRemoved, Page: PageRemoved, Update: UpdateRemoved, ChatMessage: ChatMessageRemoved,
    Activity: ActivityRemoved, Folder: FolderRemoved,
}  # fmt: skip


def locked(report: Report) -> Any:
    """The reported thing, held; none when it is gone, or is not removed by a mark."""
    thing = subject_of(report)
    return type(thing)._default_manager.lock(thing) if isinstance(thing, Removable) else None  # type: ignore[attr-defined]


def remove(report: Report) -> bool:
    """As the workspace's own removal, but for a file's bytes: an appeal may bring it back. Of a profile the texts go,
    a home is emptied and closed to the world, an entry of the library goes into the archive."""
    subject, officer = subject_of(report), report.decided_by
    if isinstance(subject, Person):
        return bool(_write_profile(subject, dict.fromkeys(PROFILE_TEXTS, "")))
    if isinstance(subject, PublicHome):
        return _close_home(subject, officer)
    if isinstance(subject, LibraryEntry):
        return _archive(subject, officer)
    if isinstance(subject, Project):
        return _empty(subject, officer)
    thing = locked(report)
    if thing is None or thing.removed_at is not None:
        return False
    change(thing, removed_at=clock.now(), removed_by=officer)
    if isinstance(thing, Inside):
        record(REMOVALS.get(type(thing), events.ContentRemoved)(thing), actor=officer)
    return True


def restore(report: Report) -> None:
    """What was removed stands there again; a profile's texts unless somebody has written others meanwhile."""
    subject, thing = subject_of(report), locked(report)
    if isinstance(subject, Person):
        said = dict(report.said)
        _write_profile(subject, {name: said.get(name, "") for name in PROFILE_TEXTS if not getattr(subject, name)})
    elif thing is not None:
        change(thing, removed_at=None, removed_by=None)
        if isinstance(thing, Inside) and thing.hidden_at is None:
            record(events.ContentShown(thing), actor=None)


def _write_profile(person: Person, texts: dict[str, str]) -> list[str]:
    person = Person.objects.lock(person)
    changed = change(person, **texts)
    if changed:
        change(person, **words_of(person), version=person.version + 1)
    return changed


def _close_home(home: PublicHome, officer: Person | None) -> bool:
    """Its versions keep what it said, for its members."""
    workspace = Workspace.objects.lock(home)
    assert officer
    was_public = bool(change(workspace, is_public=False))
    said = {"description": ""}
    is_emptied = rewrite(workspace, actor=officer, expected=workspace.version, typed=said, image=None)
    if was_public:
        record(HomeClosed(workspace), actor=officer)
    return was_public or is_emptied


def _empty(project: Project, officer: Person | None) -> bool:
    """As a new version: whoever is in the project reads what stood there, and the founders write something else."""
    project = Project.objects.lock(project)
    with override(project.founders[0].person.language):
        texts = {"title": _("Project without a title"), "erasmus_link": "", **dict.fromkeys(LINES, "")}
    if officer is None or not write(project, texts, author=officer):
        return False
    record(events.ProjectEmptied(project), actor=officer)
    return True


def _archive(entry: LibraryEntry, officer: Person | None) -> bool:
    entry = LibraryEntry.objects.lock(entry)
    if entry.state != EntryState.PUBLISHED:
        return False
    change(entry, state=EntryState.ARCHIVED)
    record(EntryArchived(entry), actor=officer)
    return True
