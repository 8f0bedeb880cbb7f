"""National agencies, the central service, and their officers."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person, PersonState
from backend.accounts.scope import Scope
from backend.core.models import Entity, EntityQuerySet
from backend.schools.models import Country


class OfficerRole(models.TextChoices):
    VIEWER = "VIEWER", _("Viewer")
    OFFICER = "OFFICER", _("Officer")
    LEAD = "LEAD", _("Lead")
    DELEGATE = "DELEGATE", _("Regional delegate")


DECIDING = (OfficerRole.OFFICER, OfficerRole.LEAD)


class AgencyQuerySet(EntityQuerySet["Agency"]):
    def visible_to(self, viewer: Person | None) -> "AgencyQuerySet":
        """Everybody may know whom to write to."""
        return self.all()


class Agency(Entity):
    """A country's national support organisation; the one without a country is the central service."""

    name = models.CharField(max_length=160)
    country = models.OneToOneField(Country, models.PROTECT, null=True, blank=True, related_name="agency")
    email = models.EmailField(blank=True)
    web_site = models.URLField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class OfficerQuerySet(EntityQuerySet["Officer"]):
    def visible_to(self, viewer: Person | None) -> "OfficerQuerySet":
        """Oneself; for leads those of their agency; for who decides at the central service, all."""
        own: Any = getattr(viewer, "officer", None)
        if viewer is None or own is None or viewer.state != PersonState.VALIDATED:
            return self.none()
        seen = Q(person=viewer)
        if own.role == OfficerRole.LEAD:
            seen |= Q(agency=own.agency_id)
        if own.is_central and own.role != OfficerRole.VIEWER:
            seen = Q()
        return self.filter(seen)

    def in_force(self) -> "OfficerQuerySet":
        return self.filter(person__state=PersonState.VALIDATED)

    def serving(self) -> "OfficerQuerySet":
        """Those not dismissed: in force, or with an invitation that waits for an answer."""
        return self.exclude(person__state=PersonState.REVOKED)

    def deciders_of(self, country: str | None) -> "OfficerQuerySet":
        """Who decides for a country; for none, at the central service."""
        return self.in_force().filter(agency__country=country, role__in=DECIDING)

    def leads_of(self, agency: Agency) -> "OfficerQuerySet":
        return self.filter(agency=agency, role=OfficerRole.LEAD)


class OfficerManager(models.Manager["Officer"]):
    def get_queryset(self) -> OfficerQuerySet:
        """With the person, whose name is the officer's."""
        return OfficerQuerySet(self.model, using=self._db).select_related("person")


class Officer(Entity):
    """A person's appointment at an agency. It ends with the account: the row stays and says what somebody was."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="officer")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="officers")
    role = models.CharField(max_length=10, choices=OfficerRole.choices, default=OfficerRole.OFFICER)
    regions = models.JSONField(default=list, blank=True)  # a delegate's; as schools name them

    objects = OfficerManager.from_queryset(OfficerQuerySet)()

    def __str__(self) -> str:
        return str(self.person)

    @property
    def is_central(self) -> bool:
        return self.agency.country_id is None

    @property
    def scope(self) -> Scope:
        if self.agency.country_id is None:
            return Scope(everywhere=True)
        regions = frozenset(self.regions) if self.role == OfficerRole.DELEGATE else None
        return Scope(frozenset({self.agency.country_id}), regions=regions)


class TextUse(models.TextChoices):
    """What a ready text is for: the decision whose form offers it, or a message to teachers."""

    PERSON_REJECTED = "PERSON_REJECTED", _("Rejecting a person")
    INFORMATION_REQUESTED = "INFORMATION_REQUESTED", _("Asking a person for information")
    SCHOOL_REJECTED = "SCHOOL_REJECTED", _("Rejecting a school")
    CHANGES_REQUESTED = "CHANGES_REQUESTED", _("Asking for changes in a project")
    PROJECT_REFUSED = "PROJECT_REFUSED", _("Refusing a project")
    LABEL_REFUSED = "LABEL_REFUSED", _("Refusing a quality label")
    HELP_ANSWERED = "HELP_ANSWERED", _("Answering a request for help")
    MESSAGE = "MESSAGE", _("Message to teachers")


class ReadyTextQuerySet(EntityQuerySet["ReadyText"]):
    def visible_to(self, viewer: Person | None) -> "ReadyTextQuerySet":
        """Everybody who works at the agency, delegates too."""
        own: Any = getattr(viewer, "officer", None)
        return self.filter(agency=own.agency_id) if viewer and viewer.oversees and own else self.none()

    def offered(self, viewer: Person, *uses: str) -> "ReadyTextQuerySet":
        """What forms for these uses offer, by language and title."""
        return self.visible_to(viewer).filter(use__in=uses).order_by("language", "title")


class ReadyText(Entity):
    """A text that an agency has ready for its decisions and messages, in one language."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="ready_texts")
    use = models.CharField(max_length=30, choices=TextUse.choices)
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=160)  # of a message its subject
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)

    objects = ReadyTextQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agency", "use", "language", "title"], name="ready_text_once"),)

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """As forms send it."""
        return str(self.pk)


class StandInQuerySet(EntityQuerySet["StandIn"]):
    def visible_to(self, viewer: Person | None) -> "StandInQuerySet":
        """The agency it was done for, and the central service."""
        return self.filter(viewer.oversees.where("agency__country")) if viewer else self.none()


class StandIn(Entity):
    """The central service decided for an absent agency: what, and why."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="stand_ins")
    actor = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    event = models.ForeignKey("eventlog.Event", models.SET_NULL, null=True, related_name="+")
    reason = models.TextField()

    objects = StandInQuerySet.as_manager()

    def __str__(self) -> str:
        return self.reason
