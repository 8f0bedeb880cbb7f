"""Closing, reopening and archiving a project."""

from datetime import timedelta

from django.db import transaction

from backend.accounts.models import Person
from backend.agencies.actions import stand_in
from backend.agencies.actions.deciding import a_reason
from backend.core import clock
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.core.text import tidy_lines
from backend.eventlog.record import record
from backend.projects.events import ProjectArchived, ProjectClosed, ProjectReopened
from backend.projects.models import Project, ProjectState
from backend.projects.permissions import can_close_as_officer, can_end_project, can_reopen_as_officer

FOUNDERS_REOPEN = timedelta(days=365)


@transaction.atomic
def close_project(project: Project, *, actor: Person, reason: str = "") -> Project:
    """A founder says that the work is done: the workspace can be read from now on. Where both founders are gone, an
    officer does, with a reason."""
    project = Project.objects.lock(project)
    officer = can_close_as_officer(actor, project)
    allow(can_end_project(actor, project) or officer)
    ensure(project.state == ProjectState.OPEN, "project_not_open")
    reason = a_reason(reason) if officer else ""
    for side in project.founder_countries if officer else ():
        stand_in(actor, reason, side)
    change(project, state=ProjectState.CLOSED, state_since=clock.now(), state_comment=reason)
    record(ProjectClosed(project), actor=actor)
    return project


@transaction.atomic
def reopen_project(project: Project, *, actor: Person, reason: str = "") -> Project:
    """A founder within a year, later an officer of a founder's country."""
    project = Project.objects.lock(project)
    officer = can_reopen_as_officer(actor, project)
    allow(can_end_project(actor, project) or officer)
    ensure(project.state == ProjectState.CLOSED, "project_not_closed")
    in_time = clock.now() - project.state_since <= FOUNDERS_REOPEN
    ensure(in_time or officer, "project_closed_too_long")
    for side in project.founder_countries if officer else ():
        stand_in(actor, reason, side)
    change(project, state=ProjectState.OPEN, state_since=clock.now(), state_comment=tidy_lines(reason))
    record(ProjectReopened(project), actor=actor)
    return project


@transaction.atomic
def archive_project(project: Project, *, actor: Person) -> Project:
    """A founder puts a closed project away: its teachers can still read it, pupils and guests leave."""
    project = Project.objects.lock(project)
    allow(can_end_project(actor, project))
    ensure(project.state == ProjectState.CLOSED, "project_not_closed")
    change(project, state=ProjectState.ARCHIVED, state_since=clock.now())
    record(ProjectArchived(project), actor=actor)
    return project
