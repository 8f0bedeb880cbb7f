"""What a new workspace takes over from an old one: its structure, not what people said."""

from backend.accounts.models import Person
from backend.eventlog.record import record
from backend.workspaces.events import (
    ActivityPlanned,
    ChatRoomOpened,
    DiscussionOpened,
    FolderAdded,
    PageWritten,
)
from backend.workspaces.models import Activity, ChatRoom, Discussion, Folder, Page, PageEditors, PageVersion, Workspace


def copy_structure(old: Workspace, new: Workspace, author: Person) -> None:
    """Forums, folders, chat rooms, the plan without dates and names, and pages as drafts, all by one of the new founders."""
    about = {"workspace": new, "author": author}
    for discussion in Discussion.objects.filter(workspace=old, removed_at=None).order_by("pk"):
        kept = {"title": discussion.title, "description": discussion.description, "audience": discussion.audience}
        record(DiscussionOpened(Discussion.objects.create(**about, **kept)), actor=author)
    for room in ChatRoom.objects.filter(workspace=old, removed_at=None).order_by("pk"):
        hours = {"opens_at": room.opens_at, "closes_at": room.closes_at, "time_zone": room.time_zone}
        made = ChatRoom.objects.create(**about, title=room.title, audience=room.audience, **hours)
        record(ChatRoomOpened(made), actor=author)
    for activity in Activity.objects.filter(workspace=old, removed_at=None).order_by("starts_on", "pk"):
        planned = Activity.objects.create(**about, title=activity.title, text=activity.text)
        record(ActivityPlanned(planned), actor=author)
    _copy_folders(old, new, author)
    _copy_pages(old, new, author)


def _copy_folders(old: Workspace, new: Workspace, author: Person) -> None:
    """Parents come first: keys follow the time they were made."""
    made: dict[object, Folder] = {}
    for folder in Folder.objects.filter(workspace=old, removed_at=None).order_by("pk"):
        made[folder.pk] = Folder.objects.create(
            workspace=new, author=author, name=folder.name, audience=folder.audience,
            parent=made.get(folder.parent_id), is_open_to_pupils=folder.is_open_to_pupils,
        )  # fmt: skip
        record(FolderAdded(made[folder.pk]), actor=author)


def _copy_pages(old: Workspace, new: Workspace, author: Person) -> None:
    """Whoever could edit may again, but for chosen members: they are not there."""
    shown = Page.objects.filter(workspace=old, removed_at=None, archived_at=None, published_at__isnull=False)
    for page in shown.order_by("position", "pk"):
        copy = Page.objects.create(
            workspace=new, author=author, title=page.title, text=page.text, audience=page.audience,
            position=page.position,
            editors=PageEditors.ADMINISTRATORS if page.editors == PageEditors.CHOSEN else page.editors,
        )  # fmt: skip
        PageVersion.objects.create(page=copy, number=1, author=author, title=copy.title, text=copy.text)
        record(PageWritten(copy), actor=author)
