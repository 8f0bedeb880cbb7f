"""From the first draft to both founders' agreement."""

from typing import Any

from django.db import transaction

from backend.accounts.models import Person
from backend.core import clock
from backend.core.guards import allow, ensure, ensure_version
from backend.core.models import change
from backend.core.text import tidy_lines
from backend.eventlog.record import record
from backend.partners.models import are_contacts
from backend.projects.actions.approval import ask_agencies
from backend.projects.events import (
    ProjectAccepted,
    ProjectDeclined,
    ProjectDrafted,
    ProjectEdited,
    ProjectSubmitted,
    ProjectWithdrawn,
)
from backend.projects.models import Project, ProjectMember, ProjectMemberState, ProjectRole, ProjectState
from backend.projects.permissions import (
    can_answer_project,
    can_draft_project,
    can_edit_project,
    can_submit_project,
    can_withdraw_project,
    is_editable,
    is_withdrawable,
)
from backend.projects.text import checked, missing, text_of, write

ANSWER_DAYS = 10  # working days, in which a founder is asked to answer the other


@transaction.atomic
def draft_project(*, actor: Person, partner: Person, title: str, **text: Any) -> Project:
    """A draft that both founders see and edit; they are contacts, from two different schools."""
    allow(can_draft_project(actor), "person_not_validated")
    allow(can_draft_project(partner))
    ensure(are_contacts(actor, partner), "not_contacts", field="partner")
    ensure(actor.school_id != partner.school_id, "same_school", field="partner")
    project = Project()
    clean = checked(project, {"title": title, **text})
    project.title = clean["title"]
    project.save(force_insert=True)
    for position, person in enumerate((actor, partner), start=1):
        add_member(project, person, role=ProjectRole.FOUNDER, founder_position=position, is_administrator=True)
    write(project, clean, author=actor)
    record(ProjectDrafted(project), actor=actor)
    return project


@transaction.atomic
def edit_project(project: Project, *, actor: Person, expected_version: int, **text: Any) -> Project:
    """Change parts of the text; who edits an old version gets both texts back."""
    project = Project.objects.lock(project)
    allow(can_edit_project(actor, project))
    ensure(is_editable(project), "project_not_editable")
    clean = checked(project, text)
    ensure_version(expected_version, project.version, stored=text_of(project), typed=text)
    if write(project, clean, author=actor):
        record(ProjectEdited(project), actor=actor)
    return project


@transaction.atomic
def submit_project(project: Project, *, actor: Person) -> Project:
    """Send the draft to the other founder; a text changed on request goes straight to the agencies."""
    project = Project.objects.lock(project)
    allow(can_submit_project(actor, project))
    sendable = (ProjectState.DRAFT, ProjectState.CHANGES_REQUESTED)
    ensure(project.state in sendable, "project_not_draft")
    gaps = missing(project)
    ensure(not gaps, "project_incomplete", fields=", ".join(gaps))
    again = project.state == ProjectState.CHANGES_REQUESTED
    now = clock.now()
    due = clock.after_working_days(now, ANSWER_DAYS)
    change(
        project, state=ProjectState.PENDING_PARTNER, state_since=now, state_comment="", submitted_by=actor,
        answer_due_at=due, answer_reminders=0,
    )  # fmt: skip
    if again:
        ask_agencies(project, ProjectSubmitted(project), actor=actor)
    else:
        record(ProjectSubmitted(project), actor=actor)
    return project


@transaction.atomic
def accept_project(project: Project, *, actor: Person) -> Project:
    """The other founder agrees: now the agencies of both countries are asked."""
    project = Project.objects.lock(project)
    allow(can_answer_project(actor, project))
    ensure(project.state == ProjectState.PENDING_PARTNER, "project_not_waiting_for_partner")
    ask_agencies(project, ProjectAccepted(project), actor=actor)
    return project


@transaction.atomic
def decline_project(project: Project, *, actor: Person, comment: str = "") -> Project:
    """The other founder does not agree, and may say why."""
    project = Project.objects.lock(project)
    allow(can_answer_project(actor, project))
    ensure(project.state == ProjectState.PENDING_PARTNER, "project_not_waiting_for_partner")
    state = ProjectState.DECLINED_BY_PARTNER
    change(project, state=state, state_since=clock.now(), state_comment=tidy_lines(comment))
    record(ProjectDeclined(project), actor=actor)
    return project


@transaction.atomic
def withdraw_project(project: Project, *, actor: Person) -> Project:
    """A founder takes it back, as long as it is not open."""
    project = Project.objects.lock(project)
    allow(can_withdraw_project(actor, project))
    ensure(is_withdrawable(project), "project_not_withdrawable")
    change(project, state=ProjectState.WITHDRAWN, state_since=clock.now())
    record(ProjectWithdrawn(project), actor=actor)
    return project


def add_member(project: Project, person: Person, *, role: str, **values: Any) -> ProjectMember:
    """A place in the project, for the person's school and country of today."""
    assert person.school, "validated staff have a school"
    values.setdefault("state", ProjectMemberState.JOINED)
    return ProjectMember.objects.create(
        project=project, person=person, role=role, school=person.school, country_id=person.school.country_id, **values
    )
