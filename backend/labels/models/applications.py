"""Applications for the national label: answers, evidence, and what assessors gave."""

from typing import TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.core import clock
from backend.core.models import Entity, EntityQuerySet
from backend.labels.models.grids import LabelCriterion, LabelGrid
from backend.projects.models import Project
from backend.schools.models import Country, School

R = TypeVar("R", bound=models.Model)


class LabelState(models.TextChoices):
    SUBMITTED = "SUBMITTED", _("Sent")
    AWARDED = "AWARDED", _("Awarded")
    REFUSED = "REFUSED", _("Refused")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


DECIDED = (LabelState.AWARDED, LabelState.REFUSED)


class EvidenceKind(models.TextChoices):
    """What can be shown, by the labels of the models."""

    FILE = "workspaces.File", _("File")
    PAGE = "workspaces.Page", _("Page")
    DISCUSSION = "workspaces.Discussion", _("Forum")
    THREAD = "workspaces.Thread", _("Thread")
    POST = "workspaces.Post", _("Post")
    UPDATE = "workspaces.Update", _("News")
    ACTIVITY = "workspaces.Activity", _("Activity")


class LabelApplicationQuerySet(EntityQuerySet["LabelApplication"]):
    def visible_to(self, viewer: Person | None) -> "LabelApplicationQuerySet":
        """Whoever applied, and the agency of the applicant's country; not the other members of the project."""
        if viewer is None:
            return self.none()
        return self.filter(Q(applicant=viewer) | viewer.oversees.where("country"))


class LabelApplication(Entity):
    """One teacher's own contribution to one project; country and school are those of the place in it."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="label_applications")
    project_title = models.CharField(max_length=160)
    applicant = models.ForeignKey(Person, models.PROTECT, related_name="label_applications")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    grid = models.ForeignKey(LabelGrid, models.PROTECT, related_name="+")
    assessors = models.PositiveSmallIntegerField(default=1)
    school_year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=LabelState.choices, default=LabelState.SUBMITTED)
    state_since = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(null=True, blank=True)
    points = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    feedback = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = LabelApplicationQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["country", "state", "id"], name="label_queue"),
            models.Index(fields=["applicant", "school_year"], name="label_school_year"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["project", "applicant"],
                name="label_application_once",
                condition=Q(state__in=("SUBMITTED", "AWARDED")),
            ),
        )

    def __str__(self) -> str:
        return self.project_title


class PartOfApplicationQuerySet(EntityQuerySet[R]):
    """Rows that belong to an application."""

    def visible_to(self, viewer: Person | None) -> "PartOfApplicationQuerySet[R]":
        """Whoever sees the application."""
        return self.filter(application__in=LabelApplication.objects.visible_to(viewer).values("pk"))


class LabelAnswer(Entity):
    """What the applicant wrote about one criterion."""

    application = models.ForeignKey(LabelApplication, models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(LabelCriterion, models.PROTECT, related_name="+")
    text = models.TextField()

    objects = PartOfApplicationQuerySet["LabelAnswer"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["application", "criterion"], name="label_answer_once"),)


class LabelEvidence(Entity):
    """Something inside the project's workspace that an assessor may open."""

    application = models.ForeignKey(LabelApplication, models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=60, choices=EvidenceKind.choices)
    subject_id = models.UUIDField()

    objects = PartOfApplicationQuerySet["LabelEvidence"].as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "evidence"
        indexes = (models.Index(fields=["subject_id"], name="label_evidence_subject"),)
        constraints = (
            models.UniqueConstraint(fields=["application", "kind", "subject_id"], name="label_evidence_once"),
        )


class LabelAssessmentQuerySet(EntityQuerySet["LabelAssessment"]):
    def visible_to(self, viewer: Person | None) -> "LabelAssessmentQuerySet":
        """The agency of the applicant's country; the applicant once the label is decided, and what counted only."""
        if viewer is None:
            return self.none()
        mine = Q(application__applicant=viewer, application__state__in=DECIDED) & COUNTING
        return self.filter(mine | viewer.oversees.where("application__country"))

    def counting(self) -> "LabelAssessmentQuerySet":
        """Given, and by somebody without a conflict of interest."""
        return self.filter(COUNTING)


COUNTING = Q(assessed_at__isnull=False, conflict_declared_at=None)


class LabelAssessment(Entity):
    """One officer's part in an application: opened the evidence, declared a conflict, gave points."""

    application = models.ForeignKey(LabelApplication, models.CASCADE, related_name="assessments")
    assessor = models.ForeignKey(Person, models.PROTECT, related_name="label_assessments")
    opened_at = models.DateTimeField(null=True, blank=True)
    conflict_declared_at = models.DateTimeField(null=True, blank=True)
    assessed_at = models.DateTimeField(null=True, blank=True)
    feedback = models.TextField(blank=True)

    objects = LabelAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["application", "assessor"], name="label_assessor_once"),)

    def __str__(self) -> str:
        return f"{self.assessor_id} on {self.application_id}"


class LabelMarkQuerySet(EntityQuerySet["LabelMark"]):
    def visible_to(self, viewer: Person | None) -> "LabelMarkQuerySet":
        """Whoever sees the assessment."""
        return self.filter(assessment__in=LabelAssessment.objects.visible_to(viewer).values("pk"))


class LabelMark(Entity):
    """An assessor's points for a criterion, or for a part of one."""

    assessment = models.ForeignKey(LabelAssessment, models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(LabelCriterion, models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()

    objects = LabelMarkQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["assessment", "criterion"], name="label_mark_once"),)
