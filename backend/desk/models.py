"""Who looks after a case, the views of a queue that officers keep, and their notes."""

from django.db import models
from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.agencies.models import Agency
from backend.core.models import Entity, EntityQuerySet
from backend.projects.models import Project
from backend.schools.models import Country, School


class Queue(models.TextChoices):
    """What waits, by kind; the values are the names of `monitoring.queues.all_of`."""

    PEOPLE = "people", _("People")
    SCHOOLS = "schools", _("Schools")
    PROJECTS = "projects", _("Projects")
    REPORTS = "reports", _("Reports")
    LABELS = "labels", _("Labels")
    HELP = "help", _("Help")


class AssignmentQuerySet(EntityQuerySet["Assignment"]):
    def visible_to(self, viewer: Person | None) -> "AssignmentQuerySet":
        """The country's officers, and whoever looks after the case."""
        if viewer is None:
            return self.none()
        return self.filter(Q(officer=viewer) | viewer.oversees.where("country"))


class Assignment(Entity):
    """An officer looks after a case, until somebody else does or nobody."""

    queue = models.CharField(max_length=10, choices=Queue.choices)
    case_id = models.UUIDField(unique=True)
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    officer = models.ForeignKey(Person, models.CASCADE, related_name="assignments")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["officer", "queue"], name="assignment_officer"),)

    def __str__(self) -> str:
        return str(self.queue_label)

    @property
    def queue_label(self) -> str | Promise:
        return Queue(self.queue).label


class SavedViewQuerySet(EntityQuerySet["SavedView"]):
    def visible_to(self, viewer: Person | None) -> "SavedViewQuerySet":
        """One's own, and what colleagues of the same agency share."""
        appointment = getattr(viewer, "officer", None)
        if viewer is None or appointment is None or not viewer.oversees:
            return self.none()
        return self.filter(Q(owner=viewer) | Q(is_shared=True, agency=appointment.agency_id))


class SavedView(Entity):
    """A queue with its filters, under a name."""

    owner = models.ForeignKey(Person, models.CASCADE, related_name="saved_views")
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="saved_views")
    queue = models.CharField(max_length=10, choices=Queue.choices)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)  # as in the address: state=new&school=known
    is_shared = models.BooleanField(default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        indexes = (models.Index(fields=["agency", "queue"], name="saved_view_queue"),)
        constraints = (models.UniqueConstraint(fields=["owner", "queue", "name"], name="saved_view_once"),)

    def __str__(self) -> str:
        return self.name


class NoteQuerySet(EntityQuerySet["Note"]):
    def visible_to(self, viewer: Person | None) -> "NoteQuerySet":
        """The office that wrote it, and the central service; a delegate only the own ones."""
        own = getattr(viewer, "officer", None)
        if viewer is None or own is None or not viewer.oversees:
            return self.none()
        if viewer.oversees.regions is not None:
            return self.filter(author=viewer)
        return self.filter(Q(agency=own.agency_id) | viewer.oversees.where("agency__country"))

    def about(self, subject: Model) -> "NoteQuerySet":
        """Of this person, school or project, the newest first."""
        return self.filter(**{subject._meta.model_name or "": subject.pk}).select_related("author").newest_first()


class Note(Entity):
    """What an office should remember about a person, a school or a project; nobody outside the office reads it."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="notes")
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="notes")
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="notes")
    project = models.ForeignKey(Project, models.CASCADE, null=True, blank=True, related_name="notes")
    text = models.TextField()

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="note_about_one_thing",
                condition=Q(person__isnull=False, school__isnull=True, project__isnull=True)
                | Q(person__isnull=True, school__isnull=False, project__isnull=True)
                | Q(person__isnull=True, school__isnull=True, project__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def subject(self) -> Person | School | Project:
        found: Person | School | Project | None = self.person or self.school or self.project
        assert found
        return found
