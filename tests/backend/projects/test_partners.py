"""More partners join an open project, and with it its workspace."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from backend.notifications.models import Notification
from backend.projects.actions.partners import answer_invitation, invite_partner, leave_project
from backend.projects.models import Project, ProjectMemberState
from backend.projects.permissions import can_read_decision
from backend.workspaces.models import Workspace, WorkspaceRole
from tests.factories.people import officer, teacher
from tests.factories.projects import contacts, project

pytestmark = pytest.mark.django_db


def test_a_contact_is_invited_joins_and_leaves() -> None:
    opened = project("OPEN")
    founder, partner = opened.founders[0].person, teacher("IT")
    with pytest.raises(ValidationError) as stranger:
        invite_partner(opened, actor=founder, person=partner)
    assert stranger.value.error_dict["person"][0].code == "not_contacts"
    contacts(founder, partner)
    invitation = invite_partner(opened, actor=founder, person=partner)
    assert not Workspace.objects.visible_to(partner).exists()
    with pytest.raises(PermissionDenied):
        answer_invitation(invitation, actor=founder, accepts=True)
    joined = answer_invitation(invitation, actor=partner, accepts=True)
    assert joined.state == ProjectMemberState.JOINED
    room = Workspace.objects.visible_to(partner).get()
    assert room.memberships.get(person=partner).role == WorkspaceRole.MEMBER
    with pytest.raises(PermissionDenied):
        invite_partner(opened, actor=partner, person=teacher("ES"))
    leave_project(opened, actor=partner)
    assert not Workspace.objects.visible_to(partner).exists()
    with pytest.raises(PermissionDenied):
        leave_project(opened, actor=founder)


def test_an_agency_is_told_when_its_country_joins() -> None:
    opened, italian, french = project("OPEN"), officer("IT"), officer("FR")
    founder = opened.founders[0].person
    for country in ("IT", "IT", "FR"):
        partner = teacher(country)
        contacts(founder, partner)
        answer_invitation(invite_partner(opened, actor=founder, person=partner), actor=partner, accepts=True)
    told = Notification.objects.filter(event__kind="project.partner_joined")
    assert told.filter(recipient=italian).count() == 1
    assert not told.filter(recipient=french).exists()
    assert told.filter(recipient=founder).count() == 3


def test_an_invitation_is_answered_once_and_only_when_open() -> None:
    opened = project("OPEN")
    founder, partner = opened.founders[0].person, teacher("IT")
    contacts(founder, partner)
    invitation = invite_partner(opened, actor=founder, person=partner)
    with pytest.raises(ValidationError) as twice:
        invite_partner(opened, actor=founder, person=partner)
    assert twice.value.error_dict["person"][0].code == "already_in_project"
    answer_invitation(invitation, actor=partner, accepts=False)
    with pytest.raises(ValidationError) as again:
        answer_invitation(invitation, actor=partner, accepts=True)
    assert again.value.code == "invitation_answered"
    waiting = project("PENDING_APPROVAL")
    contacts(waiting.founders[0].person, partner)
    with pytest.raises(ValidationError) as early:
        invite_partner(waiting, actor=waiting.founders[0].person, person=partner)
    assert early.value.code == "project_not_open"


def test_what_an_officer_wrote_is_for_who_joined() -> None:
    opened = project("OPEN")
    founder, partner = opened.founders[0].person, teacher("IT")
    contacts(founder, partner)
    invitation = invite_partner(opened, actor=founder, person=partner)

    def readers() -> list[bool]:
        found = Project.objects.get(pk=opened.pk)
        return [
            can_read_decision(who, found) for who in (founder, partner, officer("FR"), officer("ES"), teacher("FR"))
        ]

    assert readers() == [True, False, True, False, False]
    answer_invitation(invitation, actor=partner, accepts=True)
    assert readers() == [True, True, True, False, False]
