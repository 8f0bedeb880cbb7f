"""One decision for each founder country; both open the project and its workspace."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from backend.eventlog.models import Event
from backend.notifications.models import Notification
from backend.projects.actions.approval import approve_project, refuse_project, request_project_changes
from backend.projects.actions.drafting import accept_project, edit_project, submit_project
from backend.projects.models import Outcome, ProjectState
from backend.schools.models import ApprovalPolicy, Country
from backend.workspaces.models import Workspace, WorkspaceRole
from tests.factories.people import central, officer, teacher
from tests.factories.projects import project

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    return list(Event.objects.order_by("id").values_list("kind", flat=True))


def test_both_approvals_open_the_project_and_its_workspace() -> None:
    waiting = project(ProjectState.PENDING_APPROVAL)
    assert [d.outcome for d in waiting.current_decisions] == [Outcome.PENDING, Outcome.PENDING]

    waiting = approve_project(waiting, actor=officer("FR"), side="FR")
    assert waiting.state == ProjectState.PENDING_APPROVAL
    assert not Workspace.objects.exists()

    opened = approve_project(waiting, actor=officer("PL"), side="PL", comment="Welcome")
    assert opened.state == ProjectState.OPEN
    members = opened.workspace.memberships.all()
    assert {m.person_id for m in members} == {m.person_id for m in opened.founders}
    assert {m.role for m in members} == {WorkspaceRole.ADMINISTRATOR}
    assert kinds()[-4:] == ["project.approved", "project.approved", "project.opened", "workspace.opened"]
    told = Notification.objects.filter(event__kind="project.opened").values_list("recipient", flat=True)
    assert set(told) == {m.person_id for m in opened.founders}


@pytest.mark.parametrize("side", ["FR", "PL"])
def test_an_officer_decides_for_the_own_country_only(side: str) -> None:
    waiting = project(ProjectState.PENDING_APPROVAL)
    before = kinds()
    for outsider in (
        officer("DE"),
        officer("PL" if side == "FR" else "FR"),
        officer(side, role="VIEWER"),
        teacher(side),
    ):
        with pytest.raises(PermissionDenied):
            approve_project(waiting, actor=outsider, side=side)
    assert kinds() == before
    assert {d.outcome for d in waiting.decisions.all()} == {Outcome.PENDING}


def test_a_side_decides_once() -> None:
    waiting = project(ProjectState.PENDING_APPROVAL)
    approve_project(waiting, actor=officer("FR"), side="FR")
    with pytest.raises(ValidationError) as refused:
        refuse_project(waiting, actor=officer("FR"), side="FR", comment="Too late")
    assert refused.value.code == "project_not_pending"


def test_the_central_service_needs_a_reason() -> None:
    waiting = project(ProjectState.PENDING_APPROVAL)
    with pytest.raises(ValidationError) as refused:
        approve_project(waiting, actor=central(), side="FR")
    assert refused.value.error_dict["reason"][0].code == "reason_missing"
    approve_project(waiting, actor=central(), side="FR", comment="The office is closed this month.")
    assert waiting.decisions.get(country="FR").outcome == Outcome.APPROVED


def test_changes_go_back_to_the_founders_and_return_in_a_new_round() -> None:
    waiting = project(ProjectState.PENDING_APPROVAL)
    approve_project(waiting, actor=officer("PL"), side="PL")
    back = request_project_changes(waiting, actor=officer("FR"), side="FR", comment="Please say who does what.")
    assert (back.state, back.state_comment) == (ProjectState.CHANGES_REQUESTED, "Please say who does what.")

    founder = back.founders[1].person
    edited = edit_project(back, actor=founder, expected_version=back.version, process="Four steps.")
    again = submit_project(edited, actor=founder)
    assert (again.state, again.round) == (ProjectState.PENDING_APPROVAL, 2)
    assert [(d.country_id, d.outcome) for d in again.current_decisions] == [("FR", "PENDING"), ("PL", "PENDING")]


def test_a_refusal_ends_the_project() -> None:
    refused = refuse_project(project(ProjectState.PENDING_APPROVAL), actor=officer("FR"), side="FR", comment="A shop.")
    assert refused.state == ProjectState.REFUSED
    assert not refused.awaits("PL")


def test_experienced_founders_are_approved_at_once_where_the_policy_says_so() -> None:
    founders = (teacher("FR"), teacher("PL"))
    project(ProjectState.OPEN, founders=founders, title="First")
    Country.objects.filter(pk="FR").update(approval=ApprovalPolicy.AUTOMATIC)
    second = project(ProjectState.PENDING_APPROVAL, founders=founders, title="Second")
    assert {d.country_id: (d.outcome, d.is_automatic) for d in second.decisions.all()} == {
        "FR": (Outcome.APPROVED, True),
        "PL": (Outcome.PENDING, False),
    }
    Country.objects.filter(pk="PL").update(approval=ApprovalPolicy.AUTOMATIC)
    third = project(ProjectState.PENDING_APPROVAL, founders=founders, title="Third")
    assert third.state == ProjectState.OPEN
    assert third.workspace.memberships.count() == 2


def test_newcomers_wait_even_where_the_policy_is_automatic() -> None:
    Country.objects.update(approval=ApprovalPolicy.AUTOMATIC)
    assert project(ProjectState.PENDING_APPROVAL).state == ProjectState.PENDING_APPROVAL


def test_a_national_project_needs_one_decision() -> None:
    founders = (teacher("FR"), teacher("FR"))
    opened = project(ProjectState.OPEN, founders=founders)
    assert opened.is_national
    assert [d.country_id for d in opened.decisions.all()] == ["FR"]


def test_the_sender_cannot_accept_the_own_project() -> None:
    sent = project(ProjectState.PENDING_PARTNER)
    with pytest.raises(PermissionDenied):
        accept_project(sent, actor=sent.founders[0].person)
