"""A regional delegate answers for some regions of one country, and finds nothing of the others."""

from typing import Any

import pytest

from backend.accounts.models import Person, PersonState
from backend.accounts.permissions import can_see_email
from backend.agencies.actions import (
    appoint_officer,
    change_officer,
    merge_schools,
    reject_teacher,
    validate_school,
    validate_teacher,
)
from backend.agencies.models import Agency, OfficerRole
from backend.agencies.permissions import can_lead
from backend.eventlog.models import Event
from backend.labels.permissions import nominating_country
from backend.monitoring import queues
from backend.monitoring.activity import recently, timeline
from backend.monitoring.partnerships import partnerships
from backend.monitoring.permissions import can_read_statistics
from backend.monitoring.projects import monitored
from backend.projects.actions.approval import approve_project
from backend.projects.models import Project, ProjectState
from backend.schools.models import School, SchoolState
from tests.factories.people import SchoolFactory, newcomer, officer, teacher
from tests.factories.projects import project
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db
NORD, SUD = "Hauts-de-France", "Occitanie"


def place(region: str, **values: Any) -> School:
    made: School = SchoolFactory(region=region, **values)
    return made


def delegate(*regions: str) -> Person:
    for region in (NORD, SUD):
        place(region)
    person = officer("FR", role=OfficerRole.DELEGATE)
    person.officer.regions = list(regions or [NORD])
    person.officer.save(update_fields=["regions"])
    return Person.objects.get(pk=person.pk)


def sent(region: str, state: ProjectState = ProjectState.PENDING_APPROVAL) -> Project:
    return project(state, founders=(teacher("FR", school=place(region)), teacher("PL")))


def test_people_of_the_own_region_only() -> None:
    who = delegate()
    mine, other = (newcomer("FR", school=place(region)) for region in (NORD, SUD))
    homeless = newcomer("FR", school=place(""))
    abroad = newcomer("DE", school=place(NORD, country_id="DE"))
    assert set(Person.objects.waiting_for(who)) == {mine}
    for person in (other, homeless, abroad):
        assert not Person.objects.visible_to(who).filter(pk=person.pk).exists()
        with refused("not_permitted"):
            validate_teacher(person, actor=who)
        with refused("not_permitted"):
            reject_teacher(person, actor=who, reason="No.")
    assert (can_see_email(who, mine), can_see_email(who, other)) == (True, False)
    assert validate_teacher(mine, actor=who).state == PersonState.VALIDATED


def test_schools_of_the_own_region_only() -> None:
    who = delegate()
    mine, other = (place(region, state=SchoolState.PROPOSED) for region in (NORD, SUD))
    assert set(School.objects.waiting_for(who)) == {mine}
    assert not School.objects.visible_to(who).filter(pk=other.pk).exists()
    with refused("not_permitted"):
        validate_school(other, actor=who)
    with refused("not_permitted"):
        merge_schools(mine, actor=who, into=place(SUD), reason="Twice.")
    assert validate_school(mine, actor=who).state == SchoolState.VALIDATED


def test_projects_with_a_founder_of_the_own_region_only() -> None:
    who = delegate()
    mine, other = sent(NORD), sent(SUD)
    assert {decision.project for decision in queues.decisions_waiting(who)} == {mine}
    assert set(Project.objects.waiting_for(who)) == {mine}
    assert set(Project.objects.visible_to(who)) == {mine}
    for hidden, side in ((other, "FR"), (mine, "PL")):
        with refused("not_permitted"):
            approve_project(hidden, actor=who, side=side)
    approve_project(mine, actor=who, side="FR")
    assert mine.decisions.get(country="FR").decided_by == who
    open_ones = sent(NORD, ProjectState.OPEN), sent(SUD, ProjectState.OPEN)
    assert set(monitored(who)) == {open_ones[0]}


def test_what_happened_in_the_own_region_only() -> None:
    who, desk = delegate(), officer("FR")
    mine, other = (newcomer("FR", school=place(region)) for region in (NORD, SUD))
    for person in (mine, other):
        validate_teacher(person, actor=desk)
    assert [one.subject for one in recently(who, limit=10)] == [mine]
    assert [one.event.kind for one in timeline(who, mine, limit=10)] == ["person.validated"]
    assert timeline(who, other, limit=10) == []
    assert Event.objects.visible_to(who).count() == 1


def test_what_has_no_region_is_the_agency_s() -> None:
    """Reports, labels, help, figures and partnerships stay with the officers of the country."""
    who = delegate(NORD, SUD)
    found = queues.all_of(who)
    assert {name: found[name].count() for name in ("reports", "labels", "help")} == {
        "reports": 0, "labels": 0, "help": 0,
    }  # fmt: skip
    sent(NORD, ProjectState.OPEN)
    assert partnerships(who) == []
    assert not can_read_statistics(who, "FR")
    assert nominating_country(who) is None
    assert not can_lead(who, who.officer.agency_id)


def test_without_regions_a_delegate_sees_nothing() -> None:
    who = delegate(NORD)
    who.officer.regions = []
    who.officer.save()
    who = Person.objects.get(pk=who.pk)
    newcomer("FR", school=place(NORD))
    newcomer("FR", school=place(""))
    assert not Person.objects.waiting_for(who).exists()


def test_a_lead_appoints_a_delegate_and_gives_other_regions() -> None:
    lead, agency = officer("FR", role="LEAD"), Agency.objects.get(country="FR")
    for region in (NORD, SUD):
        place(region)
    given = {"email": "nord@agency.example", "given_name": "Lou", "family_name": "Petit", "role": "DELEGATE"}
    appointed = appoint_officer(agency, actor=lead, regions=[SUD, NORD], **given)
    assert appointed.regions == [NORD, SUD]
    assert change_officer(appointed, actor=lead, role="DELEGATE", regions=[SUD]).regions == [SUD]
    with refused("regions_missing"):
        change_officer(appointed, actor=lead, role="DELEGATE")
    with refused("code_unknown"):
        change_officer(appointed, actor=lead, role="DELEGATE", regions=["Bayern"])
    assert change_officer(appointed, actor=lead, role="OFFICER", regions=[SUD]).regions == []
