"""The plan: activities and meetings."""

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q

from backend.accounts.models import Person
from backend.workspaces.models.room import VERSIONS, Inside, InsideQuerySet


class Activity(Inside):
    """A step of the project's plan."""

    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    who = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    versions = GenericRelation(**VERSIONS)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = InsideQuerySet["Activity"].as_manager()

    class Meta:
        verbose_name_plural = "activities"
        indexes = (models.Index(fields=["workspace", "starts_on", "id"], name="activity_room"),)
        constraints = (models.CheckConstraint(name="activity_dates", condition=Q(starts_on__lte=F("ends_on"))),)

    def __str__(self) -> str:
        return self.title


class Meeting(Inside):
    """People meet by the service of their choice. Times are stored in UTC; each reader has an own time zone."""

    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    link = models.URLField(max_length=500, blank=True)  # empty: the BigBlueButton server of the settings
    version = models.PositiveIntegerField(default=1)
    versions = GenericRelation(**VERSIONS)

    objects = InsideQuerySet["Meeting"].as_manager()

    class Meta:
        indexes = (models.Index(fields=["workspace", "starts_at", "id"], name="meeting_room"),)
        constraints = (models.CheckConstraint(name="meeting_times", condition=Q(starts_at__lt=F("ends_at"))),)

    def __str__(self) -> str:
        return self.title
