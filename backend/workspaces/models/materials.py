"""Materials: folders, documents, photos, videos and links, and what parents agreed to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.core.models import Entity, EntityQuerySet
from backend.workspaces.models.room import SHOWN, Inside, InsideQuerySet, WorkspaceMembership


class FileKind(models.TextChoices):
    IMAGE = "IMAGE", _("Image")
    DOCUMENT = "DOCUMENT", _("Document")
    VIDEO = "VIDEO", _("Video")
    LINK = "LINK", _("Link")


class Licence(models.TextChoices):
    """Creative Commons 4.0, or none."""

    OWN = "OWN", _("All rights with us")
    CC0 = "CC0", _("CC0: no rights reserved")
    CC_BY = "CC_BY", _("CC BY")
    CC_BY_SA = "CC_BY_SA", _("CC BY-SA")
    CC_BY_NC = "CC_BY_NC", _("CC BY-NC")
    CC_BY_NC_SA = "CC_BY_NC_SA", _("CC BY-NC-SA")
    CC_BY_ND = "CC_BY_ND", _("CC BY-ND")
    WITH_PERMISSION = "WITH_PERMISSION", _("Used with permission")


class Folder(Inside):
    """Folders stand in folders, at most five deep. Pupils add to those that are open to them."""

    name = models.CharField(max_length=160)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="folders")
    is_open_to_pupils = models.BooleanField(default=True)

    objects = InsideQuerySet["Folder"].as_manager()

    class Meta:
        indexes = (models.Index(fields=["workspace", "id"], name="folder_room"),)

    def __str__(self) -> str:
        return self.name


def file_path(file: "File", name: str) -> str:
    """Stored under its own key: what the uploader called it never reaches the disk."""
    return f"workspaces/{file.workspace_id}/{file.pk}"


class FileQuerySet(InsideQuerySet["File"]):
    def visible_to(self, viewer: Person | None) -> "FileQuerySet":
        """As all things inside; public ones everybody, once a founder opened the home, until they are taken away."""
        inside: Q = Q(pk__in=super().visible_to(viewer).values("pk"))
        return self.filter(inside | SHOWN) if viewer else self.filter(SHOWN)


class File(Inside):
    """A document, photo, video or link; photos are kept re-encoded, without metadata."""

    name = models.CharField(max_length=160)
    caption = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(default=0)
    content = models.FileField(upload_to=file_path, max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True)
    folder = models.ForeignKey(Folder, models.SET_NULL, null=True, blank=True, related_name="files")
    language = models.ForeignKey("vocabulary.Language", models.PROTECT, null=True, blank=True, related_name="+")
    licence = models.CharField(max_length=20, choices=Licence.choices, default=Licence.OWN)
    source = models.CharField(max_length=300, blank=True)
    shows = models.ManyToManyField(WorkspaceMembership, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    is_tool = models.BooleanField(default=False)  # a link to where pupils are asked to work
    awaits_consent = models.BooleanField(default=False)  # hidden, since somebody's parents no longer agree

    objects = FileQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["workspace", "id"], name="file_room"),)

    def __str__(self) -> str:
        return self.name


class ConsentKind(models.TextChoices):
    IMAGE = "IMAGE", _("Image")
    NAME = "NAME", _("Name")
    VIDEO = "VIDEO", _("Video")
    EXTERNAL_TOOL = "EXTERNAL_TOOL", _("Use of an external tool")


class ConsentQuerySet(EntityQuerySet["Consent"]):
    def visible_to(self, viewer: Person | None) -> "ConsentQuerySet":
        """The teachers of the pupil's workspace."""
        if viewer is None:
            return self.none()
        rooms = WorkspaceMembership.objects.present().filter(person=viewer, role__in=("ADMINISTRATOR", "MEMBER"))
        return self.filter(membership__workspace__in=rooms.values("workspace"))


class Consent(Entity):
    """What parents agreed to for a pupil, as a teacher noted it from the signed form."""

    membership = models.ForeignKey(WorkspaceMembership, models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=20, choices=ConsentKind.choices)
    is_given = models.BooleanField()
    noted_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ("kind",)
        constraints = (models.UniqueConstraint(fields=["membership", "kind"], name="consent_once"),)

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.kind}"
