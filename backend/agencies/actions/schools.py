"""What an agency decides about schools of its country."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from backend.accounts.models import UNDECIDED, Person, PersonState
from backend.agencies.actions.deciding import a_reason, explain_if_central, settle, stand_in
from backend.agencies.letters import mail_school_closed
from backend.agencies.permissions import can_decide_for, can_edit_official_details, can_edit_school
from backend.core.guards import allow, ensure, ensure_newest, refusal
from backend.core.models import change
from backend.eventlog.record import record
from backend.schools.details import OWN, checked
from backend.schools.events import (
    SchoolClosed,
    SchoolCorrected,
    SchoolEdited,
    SchoolMerged,
    SchoolRejected,
    SchoolReopened,
    SchoolValidated,
)
from backend.schools.merging import move_everything
from backend.schools.models import PRESENT, MembershipState, School, SchoolState
from backend.schools.words import tell_people


@transaction.atomic
def validate_school(school: School, *, actor: Person, reason: str = "") -> School:
    """The school exists and may twin."""
    school = School.objects.lock(school)
    allow(can_decide_for(actor, school.country_id, school))
    stand_in(actor, reason, school.country_id)
    ensure(school.awaits_decision, "school_not_pending")
    settle(school, SchoolState.VALIDATED, reason)
    record(SchoolValidated(school), actor=actor)
    return school


@transaction.atomic
def reject_school(school: School, *, actor: Person, reason: str) -> School:
    """The school is refused; who proposed it reads why and names another one."""
    school = School.objects.lock(school)
    allow(can_decide_for(actor, school.country_id, school))
    ensure(school.awaits_decision, "school_not_pending")
    reason = a_reason(reason)
    stand_in(actor, reason, school.country_id)
    settle(school, SchoolState.REJECTED, reason)
    _turn_away(school)
    record(SchoolRejected(school), actor=actor)
    return school


@transaction.atomic
def merge_schools(school: School, *, actor: Person, into: School, reason: str) -> School:
    """The same school was registered twice: everything moves to the record that survives; returns the merged one."""
    school, into = _locked(school, into)
    allow(can_decide_for(actor, school.country_id, school))
    ensure(school.country_id == into.country_id, "merge_abroad", field="into_id")
    allow(can_decide_for(actor, into.country_id, into))
    ensure(school.pk != into.pk, "merge_with_itself", field="into_id")
    ensure(not school.is_gone, "school_gone")
    ensure(into.is_open, "school_not_validated", field="into_id")
    reason, people = a_reason(reason), tuple(person.pk for person in _people_of(school))
    stand_in(actor, reason, school.country_id)
    change(school, state_before=school.state, merged_into=into)
    settle(school, SchoolState.MERGED, reason)
    move_everything(school, into)
    record(SchoolMerged(school, people, into), actor=actor)
    return school


@transaction.atomic
def close_school(school: School, *, actor: Person, reason: str) -> School:
    """The school is no more: nobody can join it, and its people are asked to choose another one."""
    school = School.objects.lock(school)
    allow(can_decide_for(actor, school.country_id, school))
    ensure(school.is_open, "school_not_validated")
    reason, people = a_reason(reason), _people_of(school)
    stand_in(actor, reason, school.country_id)
    settle(school, SchoolState.CLOSED, reason)
    _turn_away(school)
    for person in people:
        mail_school_closed(school, person)
    record(SchoolClosed(school, tuple(person.pk for person in people)), actor=actor)
    return school


@transaction.atomic
def reopen_school(school: School, *, actor: Person, reason: str = "") -> School:
    """It was closed by mistake, or opens again; who worked there still does."""
    school = School.objects.lock(school)
    allow(can_decide_for(actor, school.country_id, school))
    stand_in(actor, reason, school.country_id)
    ensure(school.is_closed, "school_not_closed")
    settle(school, SchoolState.VALIDATED, reason)
    record(SchoolReopened(school, tuple(person.pk for person in _people_of(school))), actor=actor)
    return school


@transaction.atomic
def edit_school(
    school: School, *, actor: Person, reason: str = "", expected_version: int | None = None, **given: Any
) -> School:
    """Its people keep presentation, web site, ages and number of pupils; official details are the agency's. Who
    edits an old version gets both texts back."""
    school = School.objects.lock(school)
    place = school.memberships.filter(person=actor, state__in=PRESENT).first()
    allow(can_edit_school(actor, school, place))
    is_official = bool(set(given) - OWN)
    allow(not is_official or can_edit_official_details(actor, school), "school_official_details")
    explain_if_central(actor, reason)
    ensure(not school.is_gone, "school_gone")
    values = checked(given, school)
    ensure_newest(school, expected_version, **{name: values[name] for name in given})
    changed = _write(school, values)
    if changed:
        change(school, version=school.version + 1)
        stand_in(actor, reason, school.country_id)
    if changed and is_official:
        people = tuple(person.pk for person in _people_of(school))
        record(SchoolCorrected(school, people), actor=actor)
    elif changed:
        record(SchoolEdited(school), actor=actor)
    return school


def _locked(*schools: School) -> list[School]:
    """In one order, so that two officers who merge crosswise do not wait for each other."""
    keys = [school.pk for school in schools]
    rows = School.objects.select_for_update(of=("self",)).order_by("pk").in_bulk(keys)
    return [rows[key] for key in keys]


def _write(school: School, values: dict[str, Any]) -> list[str]:
    try:
        with transaction.atomic():
            changed = change(school, **values)
    except IntegrityError:
        raise refusal("school_number_taken", field="official_number") from None
    if {"search_text", "region"} & set(changed):
        tell_people([school])
    return changed


def _people_of(school: School) -> list[Person]:
    """Who works there or wants to."""
    present = school.memberships.filter(state__in=PRESENT).values("person")
    return list(Person.objects.filter(pk__in=present, state__in=(*UNDECIDED, PersonState.VALIDATED)).order_by("pk"))


def _turn_away(school: School) -> None:
    """Whoever waits to come in names another school."""
    waiting = school.memberships.filter(state=MembershipState.PENDING)
    people = list(waiting.values_list("person", flat=True))
    waiting.update(state=MembershipState.REJECTED)
    Person.objects.filter(school=school, state__in=UNDECIDED).update(
        school=None, found_by=F("search_text"), found_in=""
    )
    settled = Person.objects.filter(pk__in=people, state=PersonState.VALIDATED)
    settled.exclude(school_memberships__state=MembershipState.PENDING).update(due_at=None)
