"""Help requests: a conversation between somebody at a school and the agency of their country."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.core.models import Entity, EntityQuerySet
from backend.projects.models import Project
from backend.schools.models import Country


class HelpTopic(models.TextChoices):
    TECHNICAL = "TECHNICAL", _("Technical question")
    PARTNERS = "PARTNERS", _("Finding partners")
    PROJECT = "PROJECT", _("A project")
    WORKSPACE = "WORKSPACE", _("A workspace")
    LABEL = "LABEL", _("A label")
    OTHER = "OTHER", _("Something else")


class HelpState(models.TextChoices):
    OPEN = "OPEN", _("Waiting for an answer")
    ANSWERED = "ANSWERED", _("Answered")
    CLOSED = "CLOSED", _("Closed")


class HelpRequestQuerySet(EntityQuerySet["HelpRequest"]):
    def visible_to(self, viewer: Person | None) -> "HelpRequestQuerySet":
        """Who asked, and the officers of their country."""
        if viewer is None:
            return self.none()
        return self.filter(Q(asker=viewer) | viewer.oversees.where("country"))


class HelpRequest(Entity):
    """Its text is the first of its messages."""

    asker = models.ForeignKey(Person, models.CASCADE, related_name="help_requests")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    topic = models.CharField(max_length=20, choices=HelpTopic.choices)
    project = models.ForeignKey(Project, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=HelpState.choices, default=HelpState.OPEN)
    due_at = models.DateTimeField(null=True, blank=True)  # none while nobody waits for the agency
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["country", "state", "due_at"], name="help_queue"),)

    def __str__(self) -> str:
        return self.get_topic_display()


class HelpMessageQuerySet(EntityQuerySet["HelpMessage"]):
    def visible_to(self, viewer: Person | None) -> "HelpMessageQuerySet":
        """Whoever reads the request."""
        return self.filter(request__in=HelpRequest.objects.visible_to(viewer).values("pk"))


class HelpMessage(Entity):
    request = models.ForeignKey(HelpRequest, models.CASCADE, related_name="messages")
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    text = models.TextField()

    objects = HelpMessageQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["request", "id"], name="help_conversation"),)

    def __str__(self) -> str:
        return str(self.pk)
