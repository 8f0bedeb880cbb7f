"""People: staff, pupils and officers, each with one account."""

from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.accounts.scope import NOWHERE, Scope
from backend.core import clock
from backend.core.lookups import Code
from backend.core.models import Entity, EntityQuerySet, partial

AGES = (MinValueValidator(3), MaxValueValidator(20))


class PersonKind(models.TextChoices):
    STAFF = "STAFF", _("School staff")
    PUPIL = "PUPIL", _("Pupil")
    OFFICER = "OFFICER", _("Officer of an agency")


class PersonState(models.TextChoices):
    EMAIL_UNCONFIRMED = "EMAIL_UNCONFIRMED", _("E-mail not confirmed")
    PENDING = "PENDING", _("Waiting for validation")
    INFORMATION_REQUESTED = "INFORMATION_REQUESTED", _("Information requested")
    VALIDATED = "VALIDATED", _("Validated")
    REJECTED = "REJECTED", _("Rejected")
    SUSPENDED = "SUSPENDED", _("Suspended")
    REVOKED = "REVOKED", _("Left the school")
    BANNED = "BANNED", _("Banned")
    ERASED = "ERASED", _("Removed member")


GONE = (PersonState.REVOKED, PersonState.BANNED, PersonState.ERASED)  # and nobody expects them back


class StaffRole(models.TextChoices):
    TEACHER = "TEACHER", _("Teacher")
    HEAD_TEACHER = "HEAD_TEACHER", _("Head teacher")
    LIBRARIAN = "LIBRARIAN", _("Librarian")
    OTHER_STAFF = "OTHER_STAFF", _("Other teaching staff")
    STUDENT_TEACHER = "STUDENT_TEACHER", _("Student teacher")
    TEACHER_EDUCATOR = "TEACHER_EDUCATOR", _("Teacher educator")


UNDECIDED = (PersonState.PENDING, PersonState.INFORMATION_REQUESTED)
MAY_SIGN_IN = (PersonState.EMAIL_UNCONFIRMED, *UNDECIDED, PersonState.VALIDATED, PersonState.REJECTED)


REGISTERED = Q(kind=Code(PersonKind.STAFF), state=Code(PersonState.VALIDATED))
PARTNER = Q(kind=PersonKind.STAFF, state=PersonState.VALIDATED, is_available=True)


class PersonQuerySet(EntityQuerySet["Person"]):
    def visible_to(self, viewer: "Person | None") -> "PersonQuerySet":
        """Oneself; own workspaces' members; for validated staff other validated staff; for officers, theirs."""
        if viewer is None:
            return self.none()
        seen = Q(pk=viewer.pk)
        if viewer.is_validated_staff:
            seen |= REGISTERED
        if viewer.kind != PersonKind.OFFICER:
            rooms = viewer.workspace_memberships.present().values("workspace")
            members = viewer.workspace_memberships.model.objects.filter(workspace__among=rooms)
            seen |= Q(pk__in=members.values("person"))
        if viewer.oversees:
            scope = viewer.oversees
            beside = "project_members__project__members"
            seen |= Q(kind=PersonKind.STAFF) & scope.where("country", "school__region")
            others = self._each(scope.where(f"{beside}__country", f"{beside}__school__region"))
            seen |= Q(kind=PersonKind.STAFF) & others
        return self.filter(seen)

    def waiting_for(self, officer: "Person") -> "PersonQuerySet":
        """Whoever an officer has to look at: new people, and validated ones who joined another school."""
        theirs = self.model._default_manager.filter(officer.oversees.where("country", "school__region")).values("pk")
        newcomers = theirs.filter(state__in=UNDECIDED)
        moved = theirs.filter(state=PersonState.VALIDATED, school_memberships__state="PENDING")
        return self.filter(kind=PersonKind.STAFF, pk__in=newcomers.union(moved))  # each by an index of its own


class PersonManager(BaseUserManager["Person"]):
    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(login=(username or "").strip().casefold())


class Person(AbstractBaseUser, Entity):
    """Somebody with an account. Staff sign in by e-mail, pupils by a user name."""

    login = models.CharField(max_length=254, unique=True)
    email = models.EmailField(blank=True)
    kind = models.CharField(max_length=10, choices=PersonKind.choices, default=PersonKind.STAFF)
    state = models.CharField(max_length=30, choices=PersonState.choices, default=PersonState.EMAIL_UNCONFIRMED)
    state_since = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(null=True, blank=True)
    state_reason = models.TextField(blank=True)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=8, default="en")
    role = models.CharField(max_length=20, choices=StaffRole.choices, default=StaffRole.TEACHER)
    country = models.ForeignKey("schools.Country", models.PROTECT, null=True, blank=True, related_name="people")
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, blank=True, related_name="people")
    subjects = models.ManyToManyField("vocabulary.Subject", blank=True, related_name="+")
    languages = models.ManyToManyField("vocabulary.Language", blank=True, related_name="+")
    ages_from = models.PositiveSmallIntegerField(null=True, blank=True, validators=AGES)
    ages_to = models.PositiveSmallIntegerField(null=True, blank=True, validators=AGES)
    presentation = models.TextField(blank=True)
    interests = models.TextField(blank=True)
    time_zone = models.CharField(max_length=60, default="Europe/Brussels")
    is_available = models.BooleanField(default=False)
    is_ambassador = models.BooleanField(default=False)
    consent_version = models.CharField(max_length=20, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    last_active = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    search_text = models.TextField(blank=True, editable=False)
    # What staff are found by: these words and the school's, and its region. No index serves two tables.
    found_by = models.TextField(blank=True, editable=False)
    found_in = models.CharField(max_length=120, blank=True, editable=False)

    objects = PersonManager.from_queryset(PersonQuerySet)()

    # Whether the sign-in behind this object gave its second factor; what no sign-in stands behind needs none.
    is_proved = True

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"

    class Meta:
        indexes = (
            models.Index(fields=["country", "state", "due_at"], name="person_queue"),
            models.Index(fields=["due_at"], condition=Q(state__in=UNDECIDED), name="person_newcomers"),
            # Who looks for partners: the newest of a country, and those of a school.
            models.Index(fields=["country", "id", "school"], condition=PARTNER, name="person_partner"),
            models.Index(fields=["school"], condition=PARTNER, name="person_partner_school"),
            models.Index(fields=["found_in", "country", "id"], condition=PARTNER, name="person_partner_region"),
            # Registered staff by country and day, without its pupils.
            models.Index(
                fields=["country", "created_at"],
                condition=Q(kind=PersonKind.STAFF, state=PersonState.VALIDATED),
                name="person_staff",
            ),
            models.Index(fields=["country", "id"], condition=Q(kind=PersonKind.STAFF), name="person_newest"),
            # Of all: what a partial index of an expression holds PostgreSQL counts, and reckons without.
            models.Index(Upper("email"), name="person_address"),
        )
        constraints = (
            models.CheckConstraint(name="person_ages", condition=Q(ages_from__lte=F("ages_to"))),
            models.CheckConstraint(
                name="person_email",
                condition=Q(kind=PersonKind.PUPIL, email="") | ~Q(kind=PersonKind.PUPIL) & ~Q(email=""),
            ),
        )

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """Who was erased has no name any more, but keeps a place in what others wrote."""
        return f"{self.given_name} {self.family_name}".strip() or gettext("Removed member")

    def get_short_name(self) -> str:
        return self.given_name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether this account may sign in at all."""
        return self.state in MAY_SIGN_IN

    @property
    def is_validated_staff(self) -> bool:
        return self.kind == PersonKind.STAFF and self.state == PersonState.VALIDATED

    @property
    def region(self) -> str:
        """Where the school is."""
        return self.school.region if self.school else ""

    @property
    def needs_second_factor(self) -> bool:
        """Officers do nothing before they have given one, but set one up."""
        return self.kind == PersonKind.OFFICER and not self.is_proved

    @property
    def is_revoked(self) -> bool:
        """Closed because the person left the school."""
        return self.state == PersonState.REVOKED

    @cached_property
    def oversees(self) -> Scope:
        """The countries this person answers for; read from the appointment that `agencies` keeps."""
        if self.kind != PersonKind.OFFICER or self.state != PersonState.VALIDATED or self.needs_second_factor:
            return NOWHERE
        officer: Any = getattr(self, "officer", None)
        return officer.scope if officer else NOWHERE

    @property
    def viewer_kind(self) -> tuple[Any, ...]:
        """All that a reading rule may look at besides the key: kind, state, whether proved, scope, and appointment."""
        officer: Any = getattr(self, "officer", None) if self.kind == PersonKind.OFFICER else None
        appointed = officer and (officer.agency_id, officer.agency.country_id, officer.role)
        return self.kind, self.state, self.is_proved, self.oversees, appointed

    def stand_in(self, key: UUID) -> "Person":
        """Somebody else of the same kind of viewer: whatever else is read of them is looked up, and not there."""
        kind, state, is_proved, oversees, appointed = self.viewer_kind
        other = partial(Person, id=key, kind=kind, state=state)
        other.is_proved, other.oversees = is_proved, oversees
        other._state.fields_cache["officer"] = appointed and self._appointed(key, *appointed)
        return other

    def _appointed(self, key: UUID, agency: UUID, country: str | None, role: str) -> Any:
        """A stand-in's officer, with a key of its own."""
        mine: Any = self.officer
        officer = partial(type(mine), id=UUID(int=key.int + 2), person_id=key, agency_id=agency, role=role)
        officer.agency = partial(type(mine.agency), id=agency, country_id=country)
        return officer


class Inquiry(Entity):
    """What an officer asked a person before deciding, and the answer."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="inquiries")
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    question = models.TextField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "inquiries"

    def __str__(self) -> str:
        return self.question
