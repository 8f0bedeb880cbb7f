"""Pages: drafts that save as one goes, versions, and who may see and edit them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.core.models import Entity
from backend.workspaces.models.room import (
    SHOWN,
    STAFF_ROLES,
    Inside,
    InsideQuerySet,
    Workspace,
    WorkspaceMembership,
)


class PageEditors(models.TextChoices):
    ADMINISTRATORS = "ADMINISTRATORS", _("Administrators")
    STAFF = "STAFF", _("All teachers")
    MEMBERS = "MEMBERS", _("All members, pupils too")
    CHOSEN = "CHOSEN", _("Chosen members")


class PageQuerySet(InsideQuerySet["Page"]):
    def visible_to(self, viewer: Person | None) -> "PageQuerySet":
        """Published ones as their audience says; drafts their author, who may edit them, and teachers. The world no
        longer sees what is in the archive."""
        shown = SHOWN & Q(archived_at=None)
        published = Q(published_at__isnull=False)
        if viewer is None:
            return self.filter(shown & published)
        rooms = WorkspaceMembership.objects.present().filter(person=viewer)
        staff_rooms = rooms.filter(role__in=STAFF_ROLES).values("workspace")
        chosen = Page.chosen.through.objects.filter(person=viewer).values("page")
        mine = Q(author=viewer) | Q(pk__in=chosen)
        inside = Q(pk__in=super().visible_to(viewer).values("pk"))
        return self.filter(inside & (published | mine | Q(workspace__in=staff_rooms)) | shown & published)


class Page(Inside):
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="pages")
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    editors = models.CharField(max_length=20, choices=PageEditors.choices, default=PageEditors.STAFF)
    chosen = models.ManyToManyField(Person, blank=True, related_name="+")
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["workspace", "position", "id"], name="page_room"),)

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.published_at is None


class PageVersion(Entity):
    """The whole page as it was after an edit."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["page", "number"], name="page_version_once"),)

    def __str__(self) -> str:
        return f"{self.page_id} v{self.number}"
