"""Conversations: between two people, or among the members of a project."""

from django.db import models
from django.db.models import F, Q

from backend.accounts.models import Person
from backend.core import clock
from backend.core.models import Entity, EntityQuerySet, Removable
from backend.partners.models.announcements import Announcement


class ConversationQuerySet(EntityQuerySet["Conversation"]):
    def visible_to(self, viewer: Person | None) -> "ConversationQuerySet":
        """The two people, or the project's present members."""
        if viewer is None:
            return self.none()
        projects = viewer.project_members.filter(state="JOINED").values("project")
        return self.filter(Q(one=viewer) | Q(other=viewer) | Q(project__in=projects))


class Conversation(Entity):
    """Between two people, or among the members of a project."""

    one = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    project = models.OneToOneField("projects.Project", models.CASCADE, null=True, related_name="conversation")
    people = models.ManyToManyField(Person, through="Reading", related_name="+")
    last_at = models.DateTimeField(default=clock.now)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["last_at"], name="conversation_last"),)
        constraints = (
            models.UniqueConstraint(fields=["one", "other"], name="conversation_once"),
            models.CheckConstraint(
                name="conversation_kind",
                condition=Q(project__isnull=True, one__isnull=False, other__isnull=False, one__lt=F("other"))
                | Q(project__isnull=False, one__isnull=True, other__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class MessageQuerySet(EntityQuerySet["Message"]):
    def visible_to(self, viewer: Person | None) -> "MessageQuerySet":
        """Whoever is in the conversation."""
        return self.filter(conversation__in=Conversation.objects.visible_to(viewer).values("pk"))


class Message(Removable, Entity):
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField()
    announcement = models.ForeignKey(Announcement, models.SET_NULL, null=True, blank=True, related_name="replies")

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["conversation", "id"], name="message_conversation"),)

    def __str__(self) -> str:
        return str(self.pk)


class Reading(Entity):
    """How far somebody has read a conversation; never yet, for the one who is written to first."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="readings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["conversation", "person"], name="reading_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} in {self.conversation_id}"
