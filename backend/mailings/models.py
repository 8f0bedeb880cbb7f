"""Messages of an agency to many teachers: who wants them, to whom they go, and what became of each letter."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.agencies.models import Agency
from backend.core.models import Entity, EntityQuerySet


class MailingState(models.TextChoices):
    DRAFT = "DRAFT", _("Draft")
    SCHEDULED = "SCHEDULED", _("To be sent")
    SENDING = "SENDING", _("Being sent")
    SENT = "SENT", _("Sent out")
    CANCELLED = "CANCELLED", _("Cancelled")


class LetterState(models.TextChoices):
    WAITING = "WAITING", _("Not told yet")
    TOLD = "TOLD", _("In the inbox, letter not sent yet")
    SENT = "SENT", _("Letter sent")
    BOUNCED = "BOUNCED", _("Letter came back")


REACHED = (LetterState.TOLD, LetterState.SENT, LetterState.BOUNCED)


class MailingConsent(Entity):
    """Somebody wants, or no longer wants, what the agency writes to many."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="mailing_consent")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = EntityQuerySet["MailingConsent"].as_manager()

    def __str__(self) -> str:
        return str(self.person_id)


class MailingAudienceQuerySet(EntityQuerySet["MailingAudience"]):
    def visible_to(self, viewer: Person | None) -> "MailingAudienceQuerySet":
        """The agency's officers, and the central service."""
        return self.filter(viewer.oversees.where("agency__country")) if viewer else self.none()


class MailingAudience(Entity):
    """Filters that an agency has kept under a name."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="audiences")
    name = models.CharField(max_length=80)
    criteria = models.JSONField(default=dict)

    objects = MailingAudienceQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agency", "name"], name="audience_name_once"),)

    def __str__(self) -> str:
        return self.name


class MailingQuerySet(EntityQuerySet["Mailing"]):
    def visible_to(self, viewer: Person | None) -> "MailingQuerySet":
        """The agency's officers and the central service; and whoever got it."""
        if viewer is None:
            return self.none()
        got = MailingLetter.objects.filter(mailing=OuterRef("pk"), person=viewer, state__in=REACHED)
        return self.filter(viewer.oversees.where("agency__country") | Q(Exists(got)))

    def received_by(self, viewer: Person | None) -> "MailingQuerySet":
        """What somebody got, whatever else they may see."""
        if viewer is None:
            return self.none()
        return self.filter(letters__person=viewer, letters__state__in=REACHED)


class Mailing(Entity):
    """One message of an agency to many teachers of its country."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="mailings")
    title = models.CharField(max_length=160)  # the subject in the first language
    language = models.CharField(max_length=8)  # the first language: for readers of a language without a text
    criteria = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=MailingState.choices, default=MailingState.DRAFT)
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    send_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = MailingQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["state", "send_at"], name="mailing_due"),
            models.Index(fields=["agency", "id"], name="mailing_list"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == MailingState.DRAFT

    @property
    def is_scheduled(self) -> bool:
        return self.state == MailingState.SCHEDULED

    def text_for(self, language: str) -> "MailingText":
        """In the reader's language, else in the first; no query where texts are prefetched."""
        texts = {text.language: text for text in self.texts.all()}
        return texts.get(language) or texts[self.language]


class MailingText(Entity):
    """A message's words in one language."""

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=160)
    body = models.TextField()

    objects = EntityQuerySet["MailingText"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["mailing", "language"], name="mailing_text_once"),)

    def __str__(self) -> str:
        return self.subject


class MailingLetter(Entity):
    """What became of a message for one person."""

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="letters")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    address = models.EmailField()
    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.WAITING)
    bounced_at = models.DateTimeField(null=True, blank=True)

    objects = EntityQuerySet["MailingLetter"].as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["mailing", "state", "id"], name="letter_next"),
            models.Index(fields=["address", "state"], name="letter_address"),
        )
        constraints = (models.UniqueConstraint(fields=["person", "mailing"], name="letter_once"),)

    def __str__(self) -> str:
        return f"{self.mailing_id} to {self.person_id}"


def counts_of(mailing: Mailing) -> dict[str, Any]:
    """How many letters are in which state; one query."""
    rows = mailing.letters.order_by().values("state").annotate(number=models.Count("pk"))
    found = {row["state"]: row["number"] for row in rows}
    return {state: found.get(state, 0) for state in LetterState.values}
