"""Projects, their two founders and partners, the agencies' decisions, and every version of the text."""

from datetime import datetime
from typing import TypeVar

from django.db import models
from django.db.models import F, Q

from backend.accounts.models import AGES, Person, PersonKind
from backend.core import clock
from backend.core.models import Entity, EntityQuerySet
from backend.projects.models.states import OPENED, PRESENT, Outcome, ProjectMemberState, ProjectRole, ProjectState
from backend.schools.models import Country, School

P = TypeVar("P", bound=models.Model)


class ProjectQuerySet(EntityQuerySet["Project"]):
    def visible_to(self, viewer: Person | None) -> "ProjectQuerySet":
        """Who is in it; once sent, the members' agencies; once open, all validated staff."""
        return self.filter(self.seen_by(viewer)) if viewer else self.none()

    def seen_by(self, viewer: Person, key: str = "") -> Q:
        """The same as a condition; with a key, of rows that belong to a project: of all projects as a subquery PostgreSQL
        might read every one."""
        project, at = (key, f"{key}__") if key else ("pk", "")
        mine = viewer.project_members.filter(state__in=PRESENT).values("project")
        seen = Q(**{f"{project}__among": mine})
        if viewer.is_validated_staff:
            seen |= Q(**{f"{at}state__in": OPENED})
        if viewer.kind == PersonKind.PUPIL:
            rooms = viewer.workspace_memberships.filter(left_at=None).values("workspace__project")
            seen |= Q(**{f"{project}__among": rooms})
        if viewer.oversees:
            theirs = viewer.oversees.where("members__country", "members__school__region")
            seen |= self._each(theirs, project) & ~Q(**{f"{at}state": ProjectState.DRAFT})
        return seen

    def waiting_for(self, officer: Person) -> "ProjectQuerySet":
        """Those on which this officer's side has not decided yet."""
        waiting = Decision.objects.filter(of_side(officer), outcome=Outcome.PENDING, round=F("project__round"))
        return self.filter(state=ProjectState.PENDING_APPROVAL, pk__in=waiting.values("project"))


class Project(Entity):
    title = models.CharField(max_length=160)
    summary = models.TextField(blank=True)
    aims = models.TextField(blank=True)
    process = models.TextField(blank=True)
    results = models.TextField(blank=True)
    tools = models.TextField(blank=True)
    languages = models.ManyToManyField("vocabulary.Language", blank=True, related_name="+")
    subjects = models.ManyToManyField("vocabulary.Subject", blank=True, related_name="+")
    competences = models.ManyToManyField("vocabulary.Competence", blank=True, related_name="+")
    ages_from = models.PositiveSmallIntegerField(null=True, blank=True, validators=AGES)
    ages_to = models.PositiveSmallIntegerField(null=True, blank=True, validators=AGES)
    pupil_count = models.PositiveIntegerField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    erasmus_link = models.URLField(max_length=500, blank=True)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="copies")
    kit = models.ForeignKey("library.LibraryEntry", models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=20, choices=ProjectState.choices, default=ProjectState.DRAFT)
    state_since = models.DateTimeField(default=clock.now)
    state_comment = models.TextField(blank=True)
    submitted_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    answer_due_at = models.DateTimeField(null=True, blank=True)  # while it waits for the second founder
    answer_reminders = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    search_text = models.TextField(blank=True, editable=False)
    round = models.PositiveSmallIntegerField(default=0)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["state", "state_since"], name="project_state"),)
        constraints = (
            models.CheckConstraint(name="project_ages", condition=Q(ages_from__lte=F("ages_to"))),
            models.CheckConstraint(name="project_months", condition=Q(starts_on__lte=F("ends_on"))),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def founders(self) -> list["ProjectMember"]:
        """Both founders, in the order of the draft; no query when members are prefetched."""
        founding = [m for m in self.members.all() if m.founder_position]
        return sorted(founding, key=lambda m: m.founder_position or 0)

    @property
    def founder_countries(self) -> list[str]:
        return list(dict.fromkeys(m.country_id for m in self.founders))

    @property
    def is_national(self) -> bool:
        return len(self.founder_countries) == 1

    def awaits(self, side: str) -> bool:
        """Whether this country's agency has a decision to take now."""
        waiting = any(d.country_id == side and d.outcome == Outcome.PENDING for d in self.current_decisions)
        return self.state == ProjectState.PENDING_APPROVAL and waiting

    @property
    def current_decisions(self) -> list["Decision"]:
        return [d for d in self.decisions.all() if d.round == self.round]

    @property
    def due_at(self) -> datetime | None:
        """Until when the second founder should answer, or the next agency decide."""
        if self.state == ProjectState.PENDING_PARTNER:
            return self.answer_due_at
        waiting = [d.due_at for d in self.current_decisions if d.outcome == Outcome.PENDING]
        return min(waiting) if waiting and self.state == ProjectState.PENDING_APPROVAL else None


class PartQuerySet(EntityQuerySet[P]):
    """Rows that belong to a project."""

    def visible_to(self, viewer: Person | None) -> "PartQuerySet[P]":
        """Whoever sees the project."""
        return self.filter(Project.objects.seen_by(viewer, "project")) if viewer else self.none()


class ProjectMemberQuerySet(PartQuerySet["ProjectMember"]):
    def visible_to(self, viewer: Person | None) -> "ProjectMemberQuerySet":
        """Who is in it, for whoever sees the project; who was asked, declined or left, for its members and agencies."""
        if viewer is None:
            return self.none()
        seen = Q(state=ProjectMemberState.JOINED)
        seen |= Q(project__among=viewer.project_members.filter(state__in=PRESENT).values("project"))
        if viewer.oversees:
            return super().visible_to(viewer)  # type: ignore[return-value]
        return super().visible_to(viewer).filter(seen)  # type: ignore[return-value]


class ProjectMember(Entity):
    """Somebody's place in a project, for the school and country of the day they came in."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="project_members")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=ProjectRole.choices)
    founder_position = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ProjectMemberState.choices, default=PRESENT[0])
    is_administrator = models.BooleanField(default=False)
    invited_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    objects = ProjectMemberQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["project", "person"], name="project_member_once", condition=Q(state__in=PRESENT)
            ),
            models.UniqueConstraint(fields=["project", "founder_position"], name="two_founders"),
            models.CheckConstraint(
                name="founders_have_a_position",
                condition=Q(role="FOUNDER", founder_position__in=(1, 2))
                | Q(role="PARTNER", founder_position__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.project_id}"

    @property
    def region(self) -> str:
        return self.school.region


def of_side(officer: Person) -> Q:
    """The decisions that are an officer's to take: of the own countries, for delegates where the founder's school is
    in their regions."""
    scope = officer.oversees
    if scope.regions is None:
        return scope.where("country")
    founders = ProjectMember.objects.filter(scope.where("country", "school__region"), founder_position__isnull=False)
    return Q(country__in=scope.countries, project__in=founders.values("project"))


class Decision(Entity):
    """One founder country's answer in one round of approval."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="decisions")
    round = models.PositiveSmallIntegerField()
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome.choices, default=Outcome.PENDING)
    is_automatic = models.BooleanField(default=False)
    comment = models.TextField(blank=True)
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    reminders = models.PositiveSmallIntegerField(default=0)

    objects = PartQuerySet["Decision"].as_manager()

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=["country", "outcome", "due_at"], name="decision_queue"),
            # Of all countries: for the central service, and for reminders.
            models.Index(fields=["due_at"], condition=Q(outcome=Outcome.PENDING), name="decision_pending"),
        )
        constraints = (models.UniqueConstraint(fields=["project", "round", "country"], name="one_decision_a_side"),)

    def __str__(self) -> str:
        return f"{self.country_id}: {self.outcome}"
