"""Contacts, projects in any state and workspaces, made by the real rules."""

from typing import Any

from backend.accounts.models import Person
from backend.core import clock
from backend.partners.actions import answer_contact, request_contact
from backend.partners.models import are_contacts
from backend.projects.actions.approval import approve_project
from backend.projects.actions.drafting import accept_project, draft_project, submit_project
from backend.projects.actions.handing import hand_over_project
from backend.projects.actions.partners import answer_invitation, invite_partner
from backend.projects.models import HandOver, Project, ProjectMember, ProjectState
from backend.workspaces.actions.members import add_pupils
from backend.workspaces.models import Workspace
from tests.factories.people import officer, teacher

TEXT: dict[str, Any] = {
    "summary": "Two schools follow their river to the sea.",
    "aims": "Pupils measure, compare and write together.",
    "languages": ["en", "fr"],
    "subjects": ["GEOGRAPHY", "BIOLOGY"],
    "ages_from": 11,
    "ages_to": 14,
}


def contacts(one: Person, other: Person) -> None:
    if not are_contacts(one, other):
        answer_contact(request_contact(other, actor=one), actor=other, accepts=True)


def project(
    state: str = ProjectState.DRAFT,
    *,
    founders: tuple[Person, Person] | None = None,
    title: str = "Rivers",
    **text: Any,
) -> Project:
    """A project of two teachers (FR and PL unless given) that went so far and no further."""
    one, other = founders or (teacher("FR"), teacher("PL"))
    contacts(one, other)
    project = draft_project(actor=one, partner=other, title=title, **{**TEXT, **text})
    if state == ProjectState.DRAFT:
        return project
    project = submit_project(project, actor=one)
    if state == ProjectState.PENDING_PARTNER:
        return project
    project = accept_project(project, actor=other)
    if state == ProjectState.PENDING_APPROVAL:
        return project
    assert state == ProjectState.OPEN
    for side in project.founder_countries:
        project = approve_project(project, actor=officer(side), side=side)
    return project


def workspace(**values: Any) -> Workspace:
    """Of a project in its last month."""
    found: Workspace = project(ProjectState.OPEN, **{"ends_on": clock.now().date(), **values}).workspace
    return found


def pupil(workspace: Workspace, *, actor: Person, given_name: str = "Lina") -> Person:
    return add_pupils(workspace, actor=actor, given_names=[given_name])[0].membership.person


def follower(project: Project, *, of: Person) -> ProjectMember:
    """A partner of the same country as this founder."""
    person, founder = teacher(of.country_id), next(m.person for m in project.founders if m.person.is_validated_staff)
    contacts(founder, person)
    return answer_invitation(invite_partner(project, actor=founder, person=person), actor=person, accepts=True)


def hand_over(project: Project | None = None) -> HandOver:
    """The first founder would like to hand over; the agency has not answered yet."""
    found = project or workspace().project
    giver = found.founders[0].person
    return hand_over_project(found, actor=giver, taker=follower(found, of=giver))
