"""What is kept beside a project: versions of its text, comments on it, and hand-overs."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.core.models import Entity, EntityQuerySet
from backend.projects.models.project import Project, ProjectMember
from backend.projects.models.states import ProjectMemberState
from backend.schools.models import Country


class ProjectVersion(Entity):
    """The whole text as it was after an edit; nothing anybody wrote is lost."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    text = models.JSONField()

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["project", "number"], name="version_once"),)

    def __str__(self) -> str:
        return f"{self.project_id} v{self.number}"


class ProjectCommentQuerySet(EntityQuerySet["ProjectComment"]):
    def visible_to(self, viewer: Person | None) -> "ProjectCommentQuerySet":
        """Who is in the project; its agencies what an agency wrote, and not what founders say to each other."""
        if viewer is None:
            return self.none()
        mine = ProjectMember.objects.filter(person=viewer, state=ProjectMemberState.JOINED)
        seen = Q(project__in=mine.values("project"))
        if viewer.oversees:
            # Asked of each comment: as a set it would be all projects of the countries.
            theirs = Project.objects.visible_to(viewer).filter(pk=OuterRef("project"))
            seen |= Q(Exists(theirs), country__isnull=False)
        return self.filter(seen)


class ProjectComment(Entity):
    """What founders say to each other about the text, beside it; and what an agency asks them to look at."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="comments")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")  # of the agency
    about = models.CharField(max_length=20, blank=True)  # the field of the text, or all of it
    text = models.TextField()
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = ProjectCommentQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["project", "id"], name="comment_project"),)

    def __str__(self) -> str:
        return self.text


class HandOverState(models.TextChoices):
    WAITING = "WAITING", _("Waiting for the agency")
    CONFIRMED = "CONFIRMED", _("Confirmed")
    REFUSED = "REFUSED", _("Refused")


class HandOverQuerySet(EntityQuerySet["HandOver"]):
    def visible_to(self, viewer: Person | None) -> "HandOverQuerySet":
        """Who is in the project, and the agency of the founder's country."""
        if viewer is None:
            return self.none()
        mine = ProjectMember.objects.filter(person=viewer, state=ProjectMemberState.JOINED)
        return self.filter(
            Q(project__in=mine.values("project")) | viewer.oversees.where("giver__country", "giver__school__region")
        )

    def waiting_for(self, officer: Person) -> "HandOverQuerySet":
        """Those that this officer's agency has to confirm."""
        mine = officer.oversees.where("giver__country", "giver__school__region")
        return self.filter(mine, state=HandOverState.WAITING)


class HandOver(Entity):
    """A founder's place goes to a partner of the same school or country, once the agency confirms."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="hand_overs")
    giver = models.ForeignKey(ProjectMember, models.CASCADE, related_name="+")
    taker = models.ForeignKey(ProjectMember, models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=HandOverState.choices, default=HandOverState.WAITING)
    comment = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = HandOverQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["giver"], name="one_hand_over_at_a_time", condition=Q(state="WAITING")),
        )

    def __str__(self) -> str:
        return f"{self.giver_id} to {self.taker_id}"
