"""Announcements: somebody looks for partners."""

from django.db import models
from django.db.models import F, Q

from backend.accounts.models import AGES, Person, PersonState
from backend.core import clock
from backend.core.models import Entity, EntityQuerySet, Removable
from backend.partners.models.contacts import strangers_to


class AnnouncementQuerySet(EntityQuerySet["Announcement"]):
    def open(self) -> "AnnouncementQuerySet":
        return self.filter(closed_at=None, removed_at=None, until__gt=clock.now())

    def visible_to(self, viewer: Person | None) -> "AnnouncementQuerySet":
        """One's own; open ones of validated staff for validated staff, but for whom one has blocked, or was by."""
        if viewer is None:
            return self.none()
        seen = Q(author=viewer)
        if viewer.is_validated_staff:
            seen |= Q(closed_at=None, until__gt=clock.now(), author__state=PersonState.VALIDATED)
        return self.filter(seen, removed_at=None).exclude(author__in=strangers_to(viewer))


class Announcement(Removable, Entity):
    """Somebody looks for partners."""

    author = models.ForeignKey(Person, models.CASCADE, related_name="announcements")
    title = models.CharField(max_length=160)
    topic = models.CharField(max_length=160, editable=False)
    text = models.TextField()
    search_text = models.TextField(editable=False)
    ages_from = models.PositiveSmallIntegerField(null=True, blank=True, validators=AGES)
    ages_to = models.PositiveSmallIntegerField(null=True, blank=True, validators=AGES)
    subjects = models.ManyToManyField("vocabulary.Subject", blank=True, related_name="+")
    languages = models.ManyToManyField("vocabulary.Language", blank=True, related_name="+")
    countries = models.ManyToManyField("schools.Country", blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    until = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["closed_at", "until"], name="announcement_open"),)
        constraints = (models.CheckConstraint(name="announcement_ages", condition=Q(ages_from__lte=F("ages_to"))),)

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.until > clock.now()
