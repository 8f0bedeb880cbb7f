"""The live room of a project, who is in it, and what everything put into it has."""

from typing import Any, TypeVar

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.core import clock
from backend.core.models import Entity, EntityQuerySet, Removable
from backend.projects.models import OPENED, Project, ProjectState


class WorkspaceRole(models.TextChoices):
    ADMINISTRATOR = "ADMINISTRATOR", _("Administrator")
    MEMBER = "MEMBER", _("Member")
    PUPIL_ADMINISTRATOR = "PUPIL_ADMINISTRATOR", _("Pupil administrator")
    PUPIL = "PUPIL", _("Pupil")
    GUEST = "GUEST", _("Guest")


STAFF_ROLES = (WorkspaceRole.ADMINISTRATOR, WorkspaceRole.MEMBER)
VERSIONS: dict[str, Any] = {"to": "workspaces.TextVersion", "object_id_field": "thing_id"}  # of a text
PUPIL_ROLES = (WorkspaceRole.PUPIL_ADMINISTRATOR, WorkspaceRole.PUPIL)


class Audience(models.TextChoices):
    PUBLIC = "PUBLIC", _("Everybody, once the home is public")
    MEMBERS = "MEMBERS", _("All members")
    STAFF = "STAFF", _("The staff room: teachers only")


# What the world sees once a founder opened the home: what is for everybody, until it is taken away.
SHOWN = Q(audience=Audience.PUBLIC, workspace__is_public=True, workspace__project__state__in=OPENED) & Q(
    removed_at=None, hidden_at=None
)


class WorkspaceQuerySet(EntityQuerySet["Workspace"]):
    def visible_to(self, viewer: Person | None) -> "WorkspaceQuerySet":
        """Its present members, and nobody else."""
        if viewer is None:
            return self.none()
        rooms = WorkspaceMembership.objects.present().filter(person=viewer)
        return self.filter(pk__among=rooms.values("workspace"))


class Workspace(Entity):
    """Opens by itself when its project is approved. Its stream has the same key."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="workspace")
    description = models.TextField(blank=True)
    image = models.ForeignKey("workspaces.File", models.SET_NULL, null=True, blank=True, related_name="+")
    is_public = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    content_retired_at = models.DateTimeField(null=True, blank=True)  # a year after the end, unless archived
    versions = GenericRelation(**VERSIONS)

    objects = WorkspaceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.project.title

    @property
    def is_open(self) -> bool:
        return self.project.state == ProjectState.OPEN


class PublicHomeQuerySet(EntityQuerySet["PublicHome"]):
    def visible_to(self, viewer: Person | None) -> "PublicHomeQuerySet":
        """Everybody, once a founder opened it."""
        return self.filter(is_public=True, project__state__in=OPENED)


class PublicHome(Workspace):
    """What the world may see of a workspace: nothing unless a founder says so."""

    objects = PublicHomeQuerySet.as_manager()  # type: ignore[assignment,misc]

    class Meta:
        proxy = True


R = TypeVar("R", bound=models.Model)


class WorkspaceMembershipQuerySet(EntityQuerySet["WorkspaceMembership"]):
    def present(self) -> "WorkspaceMembershipQuerySet":
        """Neither left nor, as a guest, expired."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()), left_at=None)

    def teachers(self) -> "WorkspaceMembershipQuerySet":
        """Those of them who are staff."""
        return self.present().filter(role__in=STAFF_ROLES)

    def visible_to(self, viewer: Person | None) -> "WorkspaceMembershipQuerySet":
        """Whoever is in the same workspace."""
        if viewer is None:
            return self.none()
        rooms = WorkspaceMembership.objects.present().filter(person=viewer)
        return self.filter(workspace__among=rooms.values("workspace"))


class WorkspaceMembership(Entity):
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="workspace_memberships")
    role = models.CharField(max_length=20, choices=WorkspaceRole.choices)
    added_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = WorkspaceMembershipQuerySet.as_manager()

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
    def is_present(self) -> bool:
        return self.left_at is None and (self.expires_at is None or self.expires_at > clock.now())

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF_ROLES

    @property
    def is_pupil(self) -> bool:
        return self.role in PUPIL_ROLES


class InsideQuerySet(EntityQuerySet[R]):
    """Things inside workspaces."""

    def visible_to(self, viewer: Person | None) -> "InsideQuerySet[R]":
        """Members of the workspace; what is in the staff room, its teachers only."""
        if viewer is None:
            return self.none()
        rooms = WorkspaceMembership.objects.present().filter(person=viewer)
        staff_rooms = rooms.filter(role__in=STAFF_ROLES).values("workspace")
        open_to_me = ~Q(audience=Audience.STAFF) | Q(workspace__among=staff_rooms)
        return self.filter(open_to_me, workspace__among=rooms.values("workspace"))


class Inside(Removable, Entity):
    """Something a member put into a workspace; removing it leaves a tombstone."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.MEMBERS)

    class Meta:
        abstract = True

    @property
    def is_for_staff(self) -> bool:
        return self.audience == Audience.STAFF
