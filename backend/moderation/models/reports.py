"""Reports, who read them and why, and which officers looked inside a private workspace."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.core.models import Entity, EntityQuerySet
from backend.projects.models import ProjectMemberState
from backend.schools.models import Country
from backend.workspaces.models import STAFF_ROLES, Workspace, WorkspaceMembership


class SubjectKind(models.TextChoices):
    """What can be reported."""

    POST = "POST", _("Post")
    UPDATE = "UPDATE", _("Update in the feed")
    PAGE = "PAGE", _("Page")
    FILE = "FILE", _("File")
    CHAT_MESSAGE = "CHAT_MESSAGE", _("Chat message")
    PERSON = "PERSON", _("Profile")
    PROJECT = "PROJECT", _("Project")
    SCHOOL = "SCHOOL", _("School")
    MESSAGE = "MESSAGE", _("Message")
    ANNOUNCEMENT = "ANNOUNCEMENT", _("Announcement")
    DISCUSSION = "DISCUSSION", _("Forum")
    THREAD = "THREAD", _("Thread")
    FOLDER = "FOLDER", _("Folder")
    ACTIVITY = "ACTIVITY", _("Activity")
    MEETING = "MEETING", _("Meeting")
    CHAT_ROOM = "CHAT_ROOM", _("Chat room")
    HOME = "HOME", _("Public home")
    LIBRARY_ENTRY = "LIBRARY_ENTRY", _("Entry of the library")


class ReportCategory(models.TextChoices):
    HATE = "HATE", _("Hate")
    BULLYING = "BULLYING", _("Bullying")
    SEXUAL = "SEXUAL", _("Sexual content")
    IMPERSONATION = "IMPERSONATION", _("Somebody pretends to be somebody else")
    COPYRIGHT = "COPYRIGHT", _("Copyright")
    PERSONAL_DATA = "PERSONAL_DATA", _("Personal data")
    COMMERCIAL = "COMMERCIAL", _("Advertising")
    SPAM = "SPAM", _("Spam")
    OTHER = "OTHER", _("Something else")


SEVERE = (ReportCategory.SEXUAL, ReportCategory.BULLYING, ReportCategory.HATE)


class ReportState(models.TextChoices):
    OPEN = "OPEN", _("Open")
    DECIDED = "DECIDED", _("Decided")


class ReportOutcome(models.TextChoices):
    NO_ACTION = "NO_ACTION", _("No action")
    CONTENT_REMOVED = "CONTENT_REMOVED", _("The content was removed")
    WARNING = "WARNING", _("Warning")
    SUSPENSION = "SUSPENSION", _("Suspension")
    BAN = "BAN", _("Ban")


class ReportQuerySet(EntityQuerySet["Report"]):
    def visible_to(self, viewer: Person | None) -> "ReportQuerySet":
        """Who reported; the workspace's teachers and the country's officers, unless it is about themselves."""
        if viewer is None:
            return self.none()
        rooms = WorkspaceMembership.objects.present().filter(person=viewer, role__in=STAFF_ROLES)
        theirs = Q(workspace__in=rooms.values("workspace")) | viewer.oversees.where("country")
        return self.filter(Q(reporter=viewer) | theirs & (Q(author=None) | ~Q(author=viewer)))


class Report(Entity):
    """Somebody says that something is not right. It belongs to the country of whoever wrote that something."""

    reporter = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    subject_kind = models.CharField(max_length=20, choices=SubjectKind.choices)
    subject_id = models.UUIDField()
    author = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    workspace = models.ForeignKey(Workspace, models.CASCADE, null=True, blank=True, related_name="+")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    category = models.CharField(max_length=20, choices=ReportCategory.choices)
    note = models.TextField(blank=True)
    said = models.JSONField(default=list, blank=True)  # [field, text] of what the thing said when it was reported
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.OPEN)
    due_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=ReportOutcome.choices, blank=True)
    reason = models.TextField(blank=True)
    until = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    ban_proposed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    escalated_at = models.DateTimeField(null=True, blank=True)
    escalated_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    escalation_reason = models.TextField(blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["country", "state", "due_at"], name="report_queue"),
            models.Index(fields=["workspace", "id"], name="report_room"),
            models.Index(fields=["subject_id"], name="report_subject"),
        )
        constraints = (
            models.UniqueConstraint(fields=["reporter", "subject_id"], name="report_once", condition=Q(state="OPEN")),
        )

    def __str__(self) -> str:
        named = {"thing": self.subject_label, "category": self.get_category_display()}
        return gettext("%(thing)s: %(category)s") % named

    @property
    def subject_label(self) -> str | Promise:
        return SubjectKind(self.subject_kind).label

    @property
    def is_severe(self) -> bool:
        """What cannot wait for working days."""
        return self.category in SEVERE

    @property
    def is_open(self) -> bool:
        return self.state == ReportState.OPEN

    @property
    def concerned(self) -> tuple[UUID | None, UUID | None]:
        """Who reported, and whose thing it is."""
        return self.reporter_id, self.author_id

    @property
    def is_escalated(self) -> bool:
        return self.escalated_at is not None


class ReportReading(Entity):
    """Somebody opened the whole report, for a reason."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="readings")
    reader = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.TextField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.reader_id} read {self.report_id}"


class LookQuerySet(EntityQuerySet["Look"]):
    def visible_to(self, viewer: Person | None) -> "LookQuerySet":
        """The workspace's teachers, the officer who looked, and whoever looked too and still answers for the project."""
        if viewer is None:
            return self.none()
        rooms = WorkspaceMembership.objects.present().filter(person=viewer, role__in=STAFF_ROLES)
        answered = viewer.oversees.where("workspace__project__members__country")
        joined = Q(workspace__project__members__state=ProjectMemberState.JOINED)
        seen = Look.objects.filter(answered, joined, officer=viewer)
        read = Q(workspace__in=rooms.values("workspace")) | Q(workspace__in=seen.values("workspace"))
        return self.filter(Q(officer=viewer) | read)


class Look(Entity):
    """An officer looked inside a private workspace, for a reason that its teachers read."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="looks")
    officer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.TextField()

    objects = LookQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["workspace", "id"], name="look_room"),)

    def __str__(self) -> str:
        return f"{self.officer_id} in {self.workspace_id}"
