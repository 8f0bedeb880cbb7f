"""How open projects are doing: by what happened in their workspaces, never by what was said there."""

from datetime import timedelta

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.core import clock
from backend.eventlog.models import Entry
from backend.projects.models import Project, ProjectMember, ProjectState
from backend.workspaces.models import PUPIL_ROLES, WorkspaceMembership

# Opening a workspace and coming into it is no work yet.
IDLE = ("workspaces.Workspace", "workspaces.WorkspaceMembership")
QUIET, STALLED = timedelta(days=30), timedelta(days=60)


class Condition(models.TextChoices):
    ACTIVE = "ACTIVE", _("Active within 30 days")
    QUIET = "QUIET", _("Quiet for 30 days")
    STALLED = "STALLED", _("Stalled for 60 days")
    NEVER_STARTED = "NEVER_STARTED", _("Approved, but never started")
    ONE_SIDED = "ONE_SIDED", _("Only one founder’s school is active")


def monitored(officer: Person, condition: Condition | None = None, *, country: str = "") -> QuerySet[Project]:
    """Open projects of the officer's countries with `last_activity` and `silent_pupils` (who never signed in)."""
    founders = ProjectMember.objects.filter(project=OuterRef("pk"), founder_position__isnull=False)
    mine = founders.filter(officer.oversees.where("country", "school__region"))
    found = Project.objects.filter(Exists(mine), state=ProjectState.OPEN)
    if country:
        found = found.filter(Exists(founders.filter(country=country)))
    watched = with_activity(found)
    return watched.filter(holds(condition)) if condition else watched


def with_activity(projects: QuerySet[Project]) -> QuerySet[Project]:
    return projects.annotate(last_activity=last_activity(), silent_pupils=silent_pupils())


def last_activity() -> Subquery:
    """When something was last done in a project's workspace; its stream has the workspace's key."""
    done = Entry.objects.filter(stream=OuterRef("workspace"), event__actor__isnull=False)
    return Subquery(done.exclude(event__subject_type__in=IDLE).order_by("-seq").values("event__at")[:1])


def silent_pupils() -> Subquery:
    """How many pupils of a project's workspace never signed in."""
    pupils = WorkspaceMembership.objects.filter(workspace__project=OuterRef("pk"), left_at=None, role__in=PUPIL_ROLES)
    silent = pupils.filter(person__last_login=None, person__last_active=None).order_by().values("workspace")
    return Coalesce(Subquery(silent.annotate(number=Count("pk")).values("number")), 0)  # type: ignore[return-value]


def holds(condition: Condition) -> Q:
    """The condition on projects, by the pulse of their workspaces."""
    today = clock.now().date()
    active, stalled = today - QUIET, today - STALLED
    return {
        Condition.ACTIVE: Q(pulse__last_on__gte=active),
        Condition.QUIET: Q(pulse__last_on__lt=active, pulse__last_on__gte=stalled),
        Condition.STALLED: Q(pulse__last_on__lt=stalled),
        Condition.NEVER_STARTED: Q(pulse=None),
        Condition.ONE_SIDED: Q(pulse__one_on=None, pulse__other_on__isnull=False)
        | Q(pulse__one_on__isnull=False, pulse__other_on=None),
    }[condition]
