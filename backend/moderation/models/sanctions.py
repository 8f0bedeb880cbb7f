"""What follows from a report for the person, and the one appeal against it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person, PersonState
from backend.agencies.models import DECIDING
from backend.agencies.permissions import appointment
from backend.core.models import Entity, EntityQuerySet
from backend.moderation.models.reports import Report, ReportOutcome
from backend.schools.models import Country

LOCKING = (ReportOutcome.SUSPENSION, ReportOutcome.BAN)


class AppealState(models.TextChoices):
    OPEN = "OPEN", _("Open")
    UPHELD = "UPHELD", _("The decision stands")
    OVERTURNED = "OVERTURNED", _("The decision was overturned")


class SanctionQuerySet(EntityQuerySet["Sanction"]):
    def visible_to(self, viewer: Person | None) -> "SanctionQuerySet":
        """The person, and the country's officers."""
        if viewer is None:
            return self.none()
        return self.filter(Q(person=viewer) | viewer.oversees.where("country"))

    def in_force(self) -> "SanctionQuerySet":
        return self.filter(ended_at=None)

    def suspending(self) -> "SanctionQuerySet":
        """Suspensions that run."""
        return self.in_force().filter(outcome=ReportOutcome.SUSPENSION)

    def locking(self) -> "SanctionQuerySet":
        """Those by which a person cannot sign in."""
        return self.filter(outcome__in=LOCKING)


class Sanction(Entity):
    """A decision against a person, with the reason they read; in force until it ends or is overturned."""

    report = models.OneToOneField(Report, models.PROTECT, related_name="sanction")
    person = models.ForeignKey(Person, models.CASCADE, related_name="sanctions")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=ReportOutcome.choices)
    reason = models.TextField()
    until = models.DateField(null=True, blank=True)  # the last day of a suspension
    issued_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    confirmed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    state_before = models.CharField(max_length=30, choices=PersonState.choices)
    has_removed = models.BooleanField(default=False)  # the content: an overturned decision brings it back
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    end_reason = models.TextField(blank=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["person", "ended_at"], name="sanction_person"),
            models.Index(fields=["country", "id"], name="sanction_country"),
        )
        constraints = (
            models.CheckConstraint(
                name="suspension_until", condition=~Q(outcome="SUSPENSION") | Q(until__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return self.get_outcome_display()

    @property
    def is_in_force(self) -> bool:
        return self.ended_at is None


class AppealQuerySet(EntityQuerySet["Appeal"]):
    def visible_to(self, viewer: Person | None) -> "AppealQuerySet":
        """Whoever sees the decision it is against."""
        return self.filter(sanction__in=Sanction.objects.visible_to(viewer).values("pk"))

    def waiting_for(self, officer: Person) -> "AppealQuerySet":
        """Those this officer may decide: of their countries, and without a part in what led to them."""
        appointed = appointment(officer)
        if appointed is None or appointed.role not in DECIDING:
            return self.none()
        parts = ("sanction__issued_by", "sanction__confirmed_by", "sanction__person", "sanction__report__reporter")
        mine = Q(pk__in=[])
        for part in parts:
            mine |= Q(**{part: officer})
        return self.filter(officer.oversees.where("sanction__country"), state=AppealState.OPEN).exclude(mine)


class Appeal(Entity):
    """The sanctioned person asks once for another look; another officer decides."""

    sanction = models.OneToOneField(Sanction, models.CASCADE, related_name="appeal")
    text = models.TextField()
    state = models.CharField(max_length=10, choices=AppealState.choices, default=AppealState.OPEN)
    due_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = AppealQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["state", "due_at"], name="appeal_queue"),)

    def __str__(self) -> str:
        return str(self.sanction)
