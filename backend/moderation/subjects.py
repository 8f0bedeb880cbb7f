"""The things that can be reported: what they are, whose they are, where they are and what they say."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Model

from backend.accounts.models import Person, PersonKind
from backend.core.models import Removable
from backend.library.models import LibraryEntry
from backend.moderation.models import Report, SubjectKind
from backend.partners.models import Announcement, Message
from backend.projects.models import Project
from backend.schools.models import School
from backend.workspaces.models import (
    Activity,
    ChatMessage,
    ChatRoom,
    Discussion,
    File,
    FileKind,
    Folder,
    Inside,
    Meeting,
    Page,
    Post,
    PublicHome,
    Thread,
    Update,
    WorkspaceMembership,
)

SUBJECTS: Mapping[SubjectKind, type[Model]] = {
    SubjectKind.POST: Post,
    SubjectKind.UPDATE: Update,
    SubjectKind.PAGE: Page,
    SubjectKind.FILE: File,
    SubjectKind.CHAT_MESSAGE: ChatMessage,
    SubjectKind.PERSON: Person,
    SubjectKind.PROJECT: Project,
    SubjectKind.SCHOOL: School,
    SubjectKind.MESSAGE: Message,
    SubjectKind.ANNOUNCEMENT: Announcement,
    SubjectKind.DISCUSSION: Discussion,
    SubjectKind.THREAD: Thread,
    SubjectKind.FOLDER: Folder,
    SubjectKind.ACTIVITY: Activity,
    SubjectKind.MEETING: Meeting,
    SubjectKind.CHAT_ROOM: ChatRoom,
    SubjectKind.HOME: PublicHome,
    SubjectKind.LIBRARY_ENTRY: LibraryEntry,
}
KINDS = {model: kind for kind, model in SUBJECTS.items()}
# What of it an officer reads who opens the report.
TEXTS: Mapping[SubjectKind, tuple[str, ...]] = {
    SubjectKind.POST: ("text",),
    SubjectKind.UPDATE: ("text",),
    SubjectKind.PAGE: ("title", "text"),
    SubjectKind.FILE: ("name", "caption", "link", "source"),
    SubjectKind.CHAT_MESSAGE: ("text",),
    SubjectKind.PERSON: ("given_name", "family_name", "presentation", "interests"),
    SubjectKind.PROJECT: ("title", "summary", "aims", "process", "results", "tools"),
    SubjectKind.SCHOOL: ("name", "public_name", "town", "address", "web_site"),
    SubjectKind.MESSAGE: ("text",),
    SubjectKind.ANNOUNCEMENT: ("title", "text"),
    SubjectKind.DISCUSSION: ("title", "description"),
    SubjectKind.THREAD: ("title",),
    SubjectKind.FOLDER: ("name",),
    SubjectKind.ACTIVITY: ("title", "text", "who"),
    SubjectKind.MEETING: ("title", "text", "link"),
    SubjectKind.CHAT_ROOM: ("title",),
    SubjectKind.HOME: ("description",),
    SubjectKind.LIBRARY_ENTRY: ("title", "summary", "text", "aims", "process", "results", "tools"),  # in each language
}
PROFILE_TEXTS = ("presentation", "interests")  # what of a profile can be taken away


def subject_of(report: Report) -> Any | None:
    """The reported thing as it is now; none when it is gone."""
    model: Any = SUBJECTS[SubjectKind(report.subject_kind)]
    return model._default_manager.filter(pk=report.subject_id).first()


Said = list[list[str]]  # pairs of a field and its text, in the order they are read


def said_by(subject: Any) -> Said:
    """What the thing says, field by field; an entry of the library in all its languages."""
    fields = TEXTS[KINDS[type(subject)]]
    if isinstance(subject, LibraryEntry):
        texts = subject.texts.order_by("pk")
        said = [[f"{text.language_id}.{name}", str(getattr(text, name))] for text in texts for name in fields]
    else:
        said = [[name, str(getattr(subject, name))] for name in fields]
    return [[name, text] for name, text in said if text]


def text_of(subject: Any | None) -> str:
    """What the thing says, one part a paragraph."""
    return as_text(said_by(subject)) if subject is not None else ""


def as_text(said: Said) -> str:
    return "\n\n".join(text for _, text in said)


def author_of(subject: Any) -> Person | None:
    """Whose it is: a profile is its person's; projects, homes, schools and the library are nobody's own."""
    if isinstance(subject, Person):
        return subject
    return getattr(subject, "author", None)


def country_of(subject: Any) -> str | None:
    """Whose agency decides: the author's; a project's first founder's; a school's or an entry's own. None: who
    reports an entry of the central service turns to the own agency."""
    if isinstance(subject, Project | PublicHome):
        return (subject if isinstance(subject, Project) else subject.project).founder_countries[0]
    owner: Any = subject if isinstance(subject, School | LibraryEntry) else author_of(subject)
    country: str | None = owner.country_id
    return country


def workspace_of(subject: Any, reporter: Person) -> UUID | None:
    """Where its teachers look after it: a thing's workspace; for a pupil, one they share with the reporter. A home is
    the founders' own text: its agency alone reads who reported it."""
    if isinstance(subject, Person) and subject.kind == PersonKind.PUPIL:
        rooms = WorkspaceMembership.objects.present().filter(person=reporter).values("workspace")
        shared = subject.workspace_memberships.present().filter(workspace__in=rooms)
        return shared.order_by("-pk").values_list("workspace", flat=True).first()
    return subject.workspace_id if isinstance(subject, Inside) else None


def is_removable(report: Report) -> bool:
    """Whether it is about something that can be taken away: what schools say is corrected instead."""
    subject = subject_of(report)
    if isinstance(subject, Person):
        return any(getattr(subject, name) for name in PROFILE_TEXTS)
    return isinstance(subject, Removable | PublicHome | LibraryEntry | Project)


def is_central(report: Report) -> bool:
    """Whether it is about something of the central service, which no country's agency takes away."""
    subject = subject_of(report)
    return isinstance(subject, LibraryEntry) and subject.country_id is None


def is_gone(subject: Any) -> bool:
    """Removed for good; what is only hidden can still be reported by others."""
    return isinstance(subject, Removable) and subject.removed_at is not None


def is_picture(subject: Any) -> bool:
    """What is hidden as soon as it is reported."""
    return isinstance(subject, File) and subject.kind in (FileKind.IMAGE, FileKind.VIDEO)


def can_see(person: Person, subject: Any) -> bool:
    visible = type(subject)._default_manager.visible_to(person)
    return bool(visible.filter(pk=subject.pk).exists())
