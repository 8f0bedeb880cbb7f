"""The central service acts for an absent agency: with a reason, which is kept and told to the agency."""

from collections.abc import Callable
from typing import Any

import pytest

from backend.accounts.models import Person
from backend.agencies.actions import (
    close_school,
    edit_agency,
    name_ambassador,
    reject_teacher,
    request_information,
    revoke_teacher,
    set_policy,
    validate_school,
    validate_teacher,
)
from backend.agencies.models import Agency, StandIn
from backend.eventlog.models import Event
from backend.moderation.actions.reports import decide_report
from backend.notifications.models import Notification
from backend.projects.actions.approval import approve_project
from backend.projects.models import ProjectState
from backend.schools.models import Country
from tests.factories.moderation import report
from tests.factories.people import SchoolFactory, central, newcomer, officer, teacher
from tests.factories.projects import project
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db
WHY: dict[str, Any] = {"reason": "Nobody answered for three weeks."}
Deed = Callable[[Person], Any]
DEEDS: dict[str, Deed] = {
    "person.validated": lambda who: validate_teacher(newcomer("FR"), actor=who, **WHY),
    "person.rejected": lambda who: reject_teacher(newcomer("FR"), actor=who, **WHY),
    "person.information_requested": lambda who: request_information(newcomer("FR"), actor=who, question=WHY["reason"]),
    "person.revoked": lambda who: revoke_teacher(teacher("FR"), actor=who, **WHY),
    "person.ambassador_named": lambda who: name_ambassador(teacher("FR"), actor=who, is_ambassador=True, **WHY),
    "school.validated": lambda who: validate_school(SchoolFactory(state="PROPOSED"), actor=who, **WHY),
    "school.closed": lambda who: close_school(SchoolFactory(), actor=who, **WHY),
    "agency.policy_set": lambda who: set_policy(Country.objects.get(pk="FR"), actor=who, target_working_days=9, **WHY),
    "agency.edited": lambda who: edit_agency(Agency.objects.get(country="FR"), actor=who, name="Autre", **WHY),
    "project.approved": lambda who: approve_project(
        project(ProjectState.PENDING_APPROVAL), actor=who, side="FR", comment=WHY["reason"]
    ),
    "report.decided": lambda who: decide_report(
        report(teacher("FR"), actor=teacher("FR")), actor=who, outcome="NO_ACTION", **WHY
    ),
}


@pytest.mark.parametrize("kind", list(DEEDS))
def test_the_agency_reads_what_was_decided_for_it_and_why(kind: str) -> None:
    desk, elsewhere, who = officer("FR"), officer("DE"), central()
    DEEDS[kind](who)
    kept = StandIn.objects.get()
    assert (kept.agency.country_id, kept.actor, kept.reason) == ("FR", who, WHY["reason"])
    assert kept.event is not None
    assert kept.event.kind == kind
    told = Event.objects.get(kind="agency.represented")
    assert told.data == {"event": str(kept.event.pk), "kind": kind}
    assert list(Notification.objects.filter(event=told).values_list("recipient", flat=True)) == [desk.pk]
    assert StandIn.objects.visible_to(desk).count() == 1
    assert not StandIn.objects.visible_to(elsewhere).exists()
    assert not StandIn.objects.visible_to(teacher("FR")).exists()


@pytest.mark.parametrize("kind", list(DEEDS))
def test_an_agency_that_decides_itself_is_told_nothing(kind: str) -> None:
    DEEDS[kind](officer("FR", role="LEAD"))
    assert not StandIn.objects.exists()
    assert not Event.objects.filter(kind="agency.represented").exists()


def test_what_changes_nothing_leaves_no_reason_behind() -> None:
    days, who = Country.objects.get(pk="FR").target_working_days, central()
    set_policy(Country.objects.get(pk="FR"), actor=who, target_working_days=days, **WHY)
    assert not StandIn.objects.exists()


def test_without_a_reason_nothing_happens() -> None:
    person, who = newcomer("FR"), central()
    with refused("reason_missing"):
        validate_teacher(person, actor=who, reason=" ")
    assert not StandIn.objects.exists()
