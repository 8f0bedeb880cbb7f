"""Applications that are being written: nobody's but the applicant's until they are sent."""

from django.db import models

from backend.accounts.models import Person
from backend.core.models import Entity, EntityQuerySet
from backend.projects.models import Project


class LabelDraftQuerySet(EntityQuerySet["LabelDraft"]):
    def visible_to(self, viewer: Person | None) -> "LabelDraftQuerySet":
        """Whoever writes it; neither the project's other members nor an agency."""
        return self.filter(applicant=viewer) if viewer else self.none()


class LabelDraft(Entity):
    """It counts nowhere: an application begins when it is sent."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="label_drafts")
    applicant = models.ForeignKey(Person, models.CASCADE, related_name="label_drafts")
    answers = models.JSONField(default=dict)  # by the criterion's code
    evidence = models.JSONField(default=list)  # pairs of kind and key, in order
    version = models.PositiveIntegerField(default=1)

    objects = LabelDraftQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["project", "applicant"], name="label_draft_once"),)

    def __str__(self) -> str:
        return str(self.project)
