"""What happens to the things inside workspaces."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.eventlog.facts import Fact
from backend.workspaces.models import Audience, Inside, Page, Post

CROWD = 100  # teachers
TALKERS = 10  # in one thread
DRAFT = "DRAFT"  # seen by some whom no role tells


@dataclass(frozen=True)
class InsideFact(Fact):
    """Something was put into the workspace, changed or removed there. `audience` is noted when not all members see it."""

    thing: Inside

    def subject(self) -> Inside:
        return self.thing

    def streams(self) -> Iterable[UUID]:
        return [self.thing.workspace_id]

    def data(self) -> dict[str, str]:
        return {"audience": Audience.STAFF} if self.thing.is_for_staff else {}


class TeachersTold(InsideFact):
    """The workspace's teachers find it in their inboxes too; in a crowd, the feed is enough."""

    def recipients(self) -> Iterable[UUID]:
        teachers = self.thing.workspace.memberships.teachers().values_list("person", flat=True)
        told = list(teachers[: CROWD + 1])
        return told if len(told) <= CROWD else ()


class DiscussionOpened(InsideFact):
    kind = "workspace.discussion_opened"
    wording = _("%(actor)s opened a discussion.")


class DiscussionEdited(InsideFact):
    kind = "workspace.discussion_edited"
    wording = _("%(actor)s edited what a discussion is for.")


class DiscussionClosed(InsideFact):
    kind = "workspace.discussion_closed"
    wording = _("%(actor)s closed a discussion.")


class ThreadStarted(TeachersTold):
    """In the staff room nobody else tells the teachers."""

    kind = "workspace.thread_started"
    wording = _("%(actor)s started a thread.")

    def recipients(self) -> Iterable[UUID]:
        return super().recipients() if self.thing.is_for_staff else ()


class ThreadRenamed(InsideFact):
    kind = "workspace.thread_renamed"
    wording = _("%(actor)s gave a thread another title.")


@dataclass(frozen=True)
class PostFact(InsideFact):
    thing: Post

    def data(self) -> dict[str, str]:
        return {**super().data(), "thread": str(self.thing.thread_id)}


class PostAdded(PostFact):
    kind = "workspace.post_added"
    wording = _("%(actor)s wrote a post.")

    def recipients(self) -> Iterable[UUID]:
        """Who started the thread, and who wrote in it and is still there; where many write, the former alone."""
        wrote = Post.objects.filter(thread=self.thing.thread_id, removed_at=None).order_by().values("author")
        there = self.thing.workspace.memberships.present().filter(person__in=wrote)
        told = list(there.values_list("person", flat=True)[: TALKERS + 1])
        return {self.thing.thread.author_id, *(told if len(told) <= TALKERS else ())}


class PostEdited(PostFact):
    kind = "workspace.post_edited"
    wording = _("%(actor)s edited a post.")


class PostRemoved(PostFact):
    kind = "workspace.post_removed"
    wording = _("%(actor)s removed a post.")


class UpdatePosted(TeachersTold):
    kind = "workspace.update_posted"
    wording = _("%(actor)s posted an update.")


class UpdateEdited(InsideFact):
    kind = "workspace.update_edited"
    wording = _("%(actor)s edited an update.")


class UpdateRemoved(InsideFact):
    kind = "workspace.update_removed"
    wording = _("%(actor)s removed an update.")


class FolderAdded(InsideFact):
    kind = "workspace.folder_added"
    wording = _("%(actor)s added a folder.")


class FolderEdited(InsideFact):
    kind = "workspace.folder_edited"
    wording = _("%(actor)s changed a folder.")


class FolderRemoved(InsideFact):
    kind = "workspace.folder_removed"
    wording = _("%(actor)s removed a folder.")


class FileUploaded(InsideFact):
    kind = "workspace.file_uploaded"
    wording = _("%(actor)s uploaded a file.")


class LinkAdded(InsideFact):
    kind = "workspace.link_added"
    wording = _("%(actor)s added a link.")


class FileChanged(InsideFact):
    kind = "workspace.file_changed"
    wording = _("%(actor)s changed what is said about a file.")


class FileRemoved(InsideFact):
    kind = "workspace.file_removed"
    wording = _("%(actor)s removed a file.")


class FileHeldBack(TeachersTold):
    """Why is the staff's (`ConsentNoted`): the class would learn whose parents do not agree."""

    kind = "workspace.file_held_back"
    wording = _("%(actor)s hid a file.")


class FileShownAgain(InsideFact):
    kind = "workspace.file_shown_again"
    wording = _("%(actor)s showed a file again.")


class Withdrawn(TeachersTold):
    kind = "workspace.withdrawn"
    wording = _("%(actor)s made something that was public for members only.")


@dataclass(frozen=True)
class PageFact(InsideFact):
    thing: Page

    def data(self) -> dict[str, str]:
        return {"audience": DRAFT} if self.thing.is_draft else super().data()


class PageWritten(PageFact):
    kind = "workspace.page_written"
    wording = _("%(actor)s began a page.")


class PageEdited(PageFact):
    kind = "workspace.page_edited"
    wording = _("%(actor)s edited a page.")


class PagePublished(PageFact, TeachersTold):
    kind = "workspace.page_published"
    wording = _("%(actor)s published a page.")

    def recipients(self) -> Iterable[UUID]:
        """Whoever wrote it, too: a pupil perhaps."""
        return {self.thing.author_id, *super().recipients()}


class PageArchived(PageFact):
    kind = "workspace.page_archived"
    wording = _("%(actor)s archived a page.")


class PageRestored(PageFact):
    kind = "workspace.page_restored"
    wording = _("%(actor)s took a page out of the archive.")


class PageRemoved(PageFact):
    kind = "workspace.page_removed"
    wording = _("%(actor)s removed a page.")
