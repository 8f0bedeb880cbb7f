"""Figures counted beforehand: changes are appended, folded into sums, and read as the sum of both."""

from datetime import date

from django.db import models

from backend.projects.models import Project
from backend.schools.models import School
from backend.workspaces.models import Workspace

EVER = date(1, 1, 1)  # the day of sums over all days


class Grain(models.TextChoices):
    """What one sum is over."""

    DAY = "D"
    MONTH = "M"
    EVER = "E"


class Cell(models.Model):
    """How many: of a measure (`staff`, `opened_subject`), in a country (all of them when blank), with a code, of a day."""

    country = models.CharField(max_length=2, blank=True)
    measure = models.CharField(max_length=30)
    code = models.CharField(max_length=40, blank=True)
    day = models.DateField()
    number = models.IntegerField()

    class Meta:
        abstract = True


class StatChange(Cell):
    """What a fact changed, written in its own transaction and not folded yet: no two writers meet on a row."""

    class Meta:
        indexes = (models.Index(fields=["country", "measure"], name="stat_change"),)


class DailyStat(Cell):
    """A sum of folded changes."""

    grain = models.CharField(max_length=1, choices=Grain.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["country", "grain", "measure", "day", "code"], name="daily_stat_once"),
        )


class Counted(models.Model):
    """What a person, school, project, application or report counts for at the moment, so that a change is a difference."""

    subject_id = models.UUIDField(primary_key=True)
    cells = models.JSONField(default=list)


class Work(models.Model):
    """Things done in a workspace on a day by people of a school: numbers, never content. Rows add up."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=10)
    number = models.IntegerField(default=1)
    is_folded = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(fields=["workspace", "day"], name="work_workspace"),
            models.Index(fields=["day", "workspace"], name="work_day"),
            models.Index(fields=["kind", "day"], name="work_kind"),
            models.Index(fields=["id"], name="work_to_fold", condition=models.Q(is_folded=False)),
        )


class Pulse(models.Model):
    """The last days on which something was done in a project's workspace: by anybody, and by each founder's school."""

    project = models.OneToOneField(Project, models.CASCADE, primary_key=True, related_name="pulse")
    last_on = models.DateField()
    one_on = models.DateField(null=True)
    other_on = models.DateField(null=True)

    class Meta:
        indexes = (models.Index(fields=["last_on"], name="pulse_last"),)
