"""Countries, schools, and who works where."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import AGES, Person
from backend.core import clock
from backend.core.models import Entity, EntityQuerySet
from backend.core.text import fold
from backend.schools.countries import country_label


class ApprovalPolicy(models.TextChoices):
    MANUAL = "MANUAL", _("An officer decides")
    AUTOMATIC = "AUTOMATIC", _("Automatic for experienced founders")


class SchoolState(models.TextChoices):
    PROPOSED = "PROPOSED", _("Proposed")
    VALIDATED = "VALIDATED", _("Validated")
    REJECTED = "REJECTED", _("Rejected")
    MERGED = "MERGED", _("Merged into another school")
    CLOSED = "CLOSED", _("Closed")


class SchoolType(models.TextChoices):
    EARLY_CHILDHOOD = "EARLY_CHILDHOOD", _("Early childhood")
    PRIMARY = "PRIMARY", _("Primary")
    LOWER_SECONDARY = "LOWER_SECONDARY", _("Lower secondary")
    UPPER_SECONDARY = "UPPER_SECONDARY", _("Upper secondary")
    VOCATIONAL = "VOCATIONAL", _("Vocational")
    SPECIAL = "SPECIAL", _("Special")
    OTHER = "OTHER", _("Other")


class MembershipState(models.TextChoices):
    PENDING = "PENDING", _("Waiting for validation")
    VALIDATED = "VALIDATED", _("Validated")
    REJECTED = "REJECTED", _("Rejected")
    LEFT = "LEFT", _("Left")


class Country(models.Model):
    """A participating country (ISO 3166-1 alpha-2, XK for Kosovo) and its agency's policies."""

    code = models.CharField(max_length=2, primary_key=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    target_working_days = models.PositiveSmallIntegerField(default=5)
    approval = models.CharField(max_length=10, choices=ApprovalPolicy.choices, default=ApprovalPolicy.MANUAL)
    file_megabytes = models.PositiveSmallIntegerField(default=25)
    video_megabytes = models.PositiveSmallIntegerField(default=100)
    workspace_megabytes = models.PositiveIntegerField(default=1024)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return country_label(self.code)


PUBLIC = (SchoolState.VALIDATED, SchoolState.CLOSED)
GONE = (SchoolState.REJECTED, SchoolState.MERGED)
PRESENT = (MembershipState.PENDING, MembershipState.VALIDATED)


class SchoolQuerySet(EntityQuerySet["School"]):
    def visible_to(self, viewer: Person | None) -> "SchoolQuerySet":
        """Validated schools are public; others are for who proposed or joined them, and their agency. A merged school
        stays for those who saw it."""
        seen = Q(state__in=PUBLIC) | Q(state=SchoolState.MERGED, state_before__in=PUBLIC)
        if viewer is not None:
            mine = viewer.school_memberships.values("school")
            seen |= Q(proposed_by=viewer) | Q(pk__among=mine) | Q(merged_into__among=mine)
            seen |= viewer.oversees.where("country", "region")
        return self.filter(seen)

    def regions_of(self, country: str | None) -> list[str]:
        """The regions that a country's schools name, by the alphabet."""
        named = self.filter(country=country, state__in=PUBLIC).exclude(region="")
        return list(named.order_by("region").values_list("region", flat=True).distinct())

    def numbered(self, country: str, number: str) -> "SchoolQuerySet":
        """The one with that official number that goes on, before those rejected or merged."""
        named = self.filter(country=country, official_number=number.strip().upper()).exclude(official_number="")
        return named.order_by(models.Case(models.When(state__in=GONE, then=1), default=0), "-id")

    def waiting_for(self, officer: Person) -> "SchoolQuerySet":
        return self.filter(officer.oversees.where("country", "region"), state=SchoolState.PROPOSED)


class School(Entity):
    official_number = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    public_name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=120)
    postal_code = models.CharField(max_length=20, blank=True)
    country = models.ForeignKey(Country, models.PROTECT, related_name="schools")
    region = models.CharField(max_length=120, blank=True)
    other_region = models.CharField(max_length=120, blank=True)
    is_abroad = models.BooleanField(default=False)
    type = models.CharField(max_length=20, choices=SchoolType.choices, default=SchoolType.OTHER)
    ages_from = models.PositiveSmallIntegerField(null=True, blank=True, validators=AGES)
    ages_to = models.PositiveSmallIntegerField(null=True, blank=True, validators=AGES)
    pupil_count = models.PositiveIntegerField(null=True, blank=True)
    presentation = models.TextField(blank=True)
    web_site = models.URLField(blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    principal_name = models.CharField(max_length=160, blank=True)
    principal_email = models.EmailField(blank=True)
    principal_told_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=SchoolState.choices, default=SchoolState.PROPOSED)
    state_since = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(null=True, blank=True)
    state_reason = models.TextField(blank=True)
    proposed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    state_before = models.CharField(max_length=10, choices=SchoolState.choices, blank=True)  # of a merged school
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    version = models.PositiveIntegerField(default=1)
    search_text = models.CharField(max_length=560, blank=True, editable=False)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["country", "state", "due_at"], name="school_queue"),
            models.Index(fields=["country", "search_text"], name="school_search"),
            # Of all countries: for the central service.
            models.Index(fields=["due_at"], condition=Q(state=SchoolState.PROPOSED), name="school_pending"),
            models.Index(fields=["region", "id"], name="school_region"),
            # Possible duplicates of a page of schools, of whatever countries.
            models.Index(fields=["town"], name="school_town"),
            models.Index(fields=["official_number"], condition=~Q(official_number=""), name="school_number"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["country", "official_number"],
                name="school_number_once",
                condition=~Q(official_number="") & ~Q(state__in=("REJECTED", "MERGED")),
            ),
            models.CheckConstraint(name="school_ages", condition=Q(ages_from__lte=F("ages_to"))),
        )

    def __str__(self) -> str:
        return self.display_name

    @property
    def awaits_decision(self) -> bool:
        return self.state == SchoolState.PROPOSED

    @property
    def is_open(self) -> bool:
        return self.state == SchoolState.VALIDATED

    @property
    def is_closed(self) -> bool:
        return self.state == SchoolState.CLOSED

    @property
    def is_gone(self) -> bool:
        """There is another record, or there was never a school."""
        return self.state in GONE

    @property
    def display_name(self) -> str:
        return self.public_name or self.name


def search_text_of(name: str, town: str, public_name: str = "") -> str:
    """Both names, unless they are the same but for capitals and accents, as registers have them; the town last."""
    known, public = fold(name), fold(public_name)
    return " ".join(part for part in (known, "" if public in known else public, fold(town)) if part)


class SchoolMembershipQuerySet(EntityQuerySet["SchoolMembership"]):
    def visible_to(self, viewer: Person | None) -> "SchoolMembershipQuerySet":
        """One's own, and those of the own agency's country."""
        if viewer is None:
            return self.none()
        return self.filter(Q(person=viewer) | viewer.oversees.where("school__country", "school__region"))


class SchoolMembership(Entity):
    """A person works at a school; each further school is checked by its country's agency."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="school_memberships")
    school = models.ForeignKey(School, models.PROTECT, related_name="memberships")
    state = models.CharField(max_length=10, choices=MembershipState.choices, default=MembershipState.PENDING)

    objects = SchoolMembershipQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["person"], condition=Q(state=MembershipState.PENDING), name="school_newcomers"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["person", "school"],
                name="school_membership_once",
                condition=Q(state__in=("PENDING", "VALIDATED")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} at {self.school_id}"


class RegisterImport(Entity):
    """A country's register of schools was taken in, and what came of its rows."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="register_imports")
    file_name = models.CharField(max_length=160)
    new = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.file_name
