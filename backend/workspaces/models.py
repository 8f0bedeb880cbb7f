"""The live room of a project: who is in it, what they discuss, publish and exchange."""

from typing import TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.core.models import Entity, EntityQuerySet
from backend.projects.models import Project, ProjectState


class WorkspaceRole(models.TextChoices):
    ADMINISTRATOR = "ADMINISTRATOR", _("Administrator")
    MEMBER = "MEMBER", _("Member")
    PUPIL_ADMINISTRATOR = "PUPIL_ADMINISTRATOR", _("Pupil administrator")
    PUPIL = "PUPIL", _("Pupil")
    GUEST = "GUEST", _("Guest")


STAFF_ROLES = (WorkspaceRole.ADMINISTRATOR, WorkspaceRole.MEMBER)
PUPIL_ROLES = (WorkspaceRole.PUPIL_ADMINISTRATOR, WorkspaceRole.PUPIL)


class WorkspaceQuerySet(EntityQuerySet["Workspace"]):
    def visible_to(self, viewer: Person | None) -> "WorkspaceQuerySet":
        """Its present members, and nobody else."""
        if viewer is None:
            return self.none()
        rooms = WorkspaceMembership.objects.filter(person=viewer, left_at=None)
        return self.filter(pk__in=rooms.values("workspace"))


class Workspace(Entity):
    """Opens by itself when its project is approved. Its stream has the same key."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="workspace")

    objects = WorkspaceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.project.title

    @property
    def is_open(self) -> bool:
        return self.project.state == ProjectState.OPEN


R = TypeVar("R", bound=models.Model)


class InsideQuerySet(EntityQuerySet[R]):
    """Things inside workspaces."""

    def visible_to(self, viewer: Person | None) -> "InsideQuerySet[R]":
        if viewer is None:
            return self.none()
        rooms = WorkspaceMembership.objects.filter(person=viewer, left_at=None)
        return self.filter(workspace__in=rooms.values("workspace"))


class WorkspaceMembership(Entity):
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="workspace_memberships")
    role = models.CharField(max_length=20, choices=WorkspaceRole.choices)
    added_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)

    objects = InsideQuerySet["WorkspaceMembership"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["workspace", "person"], name="workspace_member_once", condition=Q(left_at=None)
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.workspace_id}"

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF_ROLES


class Inside(Entity):
    """Something a member put into a workspace; removing it leaves a tombstone."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None


class Discussion(Inside):
    """A forum; administrators open it."""

    title = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    is_closed = models.BooleanField(default=False)

    objects = InsideQuerySet["Discussion"].as_manager()

    class Meta:
        indexes = (models.Index(fields=["workspace", "id"], name="discussion_room"),)

    def __str__(self) -> str:
        return self.title


class Thread(Inside):
    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="threads")
    title = models.CharField(max_length=160)

    objects = InsideQuerySet["Thread"].as_manager()

    class Meta:
        indexes = (models.Index(fields=["discussion", "id"], name="thread_discussion"),)

    def __str__(self) -> str:
        return self.title


class Post(Inside):
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="posts")
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True, blank=True)

    objects = InsideQuerySet["Post"].as_manager()

    class Meta:
        indexes = (models.Index(fields=["thread", "id"], name="post_thread"),)

    def __str__(self) -> str:
        return str(self.pk)


class Update(Inside):
    """News in the workspace's feed."""

    text = models.TextField()

    objects = InsideQuerySet["Update"].as_manager()

    class Meta:
        indexes = (models.Index(fields=["workspace", "id"], name="update_room"),)

    def __str__(self) -> str:
        return str(self.pk)


class FileKind(models.TextChoices):
    IMAGE = "IMAGE", _("Image")
    DOCUMENT = "DOCUMENT", _("Document")


def file_path(file: "File", name: str) -> str:
    """Stored under its own key: what the uploader called it never reaches the disk."""
    return f"workspaces/{file.workspace_id}/{file.pk}"


class File(Inside):
    """A document or photo; photos are kept re-encoded, without metadata."""

    name = models.CharField(max_length=160)
    caption = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    content = models.FileField(upload_to=file_path, max_length=200)

    objects = InsideQuerySet["File"].as_manager()

    class Meta:
        indexes = (models.Index(fields=["workspace", "id"], name="file_room"),)

    def __str__(self) -> str:
        return self.name
