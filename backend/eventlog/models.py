"""One append-only table; audit trail, activity feed and live stream are three readings of it."""

from typing import Any
from uuid import UUID, uuid4, uuid5

from django.apps import apps
from django.db import models

from backend.core import clock
from backend.core.models import new_id
from backend.eventlog.wording import TellingQuerySet

DESKS = UUID("6f2d3f0e-9a57-4b9e-8f5a-5d1f3c0c7e11")
# What happens inside workspaces is not an agency's to read along.
TOLD = ("accounts.Person", "schools.School", "schools.RegisterImport", "projects.Project")


def desk_stream(country: str) -> UUID:
    """The key of the stream of a country's agency."""
    return uuid5(DESKS, country)


class Stream(models.Model):
    """A gapless sequence of events; its key is the key of what it tells about: a workspace, a project, a person's inbox."""

    id = models.UUIDField(primary_key=True)
    epoch = models.UUIDField(default=uuid4)
    head = models.BigIntegerField(default=0)
    floor = models.BigIntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=["id"], condition=models.Q(floor__gt=models.F("head")), name="stream_out_of_count"),
        )


class EventQuerySet(TellingQuerySet):
    def visible_to(self, viewer: Any) -> "EventQuerySet":
        """The agencies of the countries it concerns; what happens inside workspaces is not theirs to read along."""
        if viewer is None or not viewer.oversees:
            return self.none()
        if viewer.oversees.regions is not None:
            return self.filter(_in_regions(viewer.oversees))
        mine = EventCountry.objects.filter(viewer.oversees.where("country"), event=models.OuterRef("pk"))
        return self.filter(models.Exists(mine))


def _in_regions(scope: Any) -> models.Q:
    """What a regional delegate reads: about people, schools and projects of the own regions."""
    places = {
        "accounts.Person": models.Q(kind="STAFF") & scope.where("country", "school__region"),
        "schools.School": scope.where("country", "region"),
        "projects.Project": scope.where("members__country", "members__school__region"),
    }
    mine = EventCountry.objects.filter(country__in=scope.countries, event=models.OuterRef("pk"))
    about = models.Q()
    for label, condition in places.items():
        keys = apps.get_model(label)._default_manager.filter(condition).values("pk")
        about |= models.Q(subject_type=label, subject_id__in=keys)
    return about & models.Q(models.Exists(mine))


class Event(models.Model):
    """Something that happened: who, what, to which thing. Ids only, never content."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=60)
    actor = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+")
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    data = models.JSONField(default=dict)

    subject: models.Model | None  # set by with_subjects()

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["subject_id", "id"], name="event_subject"),
            models.Index(fields=["kind", "id"], name="event_kind"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class Entry(models.Model):
    """An event's place in a stream; sequence numbers have no gaps and follow the order of commits."""

    stream = models.ForeignKey(Stream, models.CASCADE, related_name="entries")
    seq = models.BigIntegerField()
    event = models.ForeignKey(Event, models.CASCADE, related_name="entries")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["stream", "seq"], name="entry_once"),)


class EventCountry(models.Model):
    """An event concerns a country: what its agency may read in the audit trail."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="countries")
    country = models.ForeignKey("schools.Country", models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["country", "event"], name="event_country_once"),)


class Receipt(models.Model):
    """The answer that a mutation gave under a client's own key: asked again, it is given again."""

    owner = models.CharField(max_length=36, blank=True)
    key = models.CharField(max_length=128)
    mutation = models.CharField(max_length=60)
    input_digest = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = (models.Index(fields=["at"], name="receipt_age"),)
        constraints = (models.UniqueConstraint(fields=["owner", "key"], name="receipt_once"),)
