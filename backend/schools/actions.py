"""Proposing a school, joining and leaving one, and choosing where one mainly works."""

from typing import Any

from django.db import IntegrityError, transaction

from backend.accounts.actions import start_waiting
from backend.accounts.models import UNDECIDED, Person, PersonState
from backend.accounts.words import found_at
from backend.core import clock
from backend.core.guards import allow, ensure, refusal
from backend.core.models import change
from backend.eventlog.record import record
from backend.schools.details import checked
from backend.schools.events import PersonMoved, SchoolChosen, SchoolJoined, SchoolLeft, SchoolRegistered
from backend.schools.models import PRESENT, Country, MembershipState, School, SchoolMembership, SchoolState, SchoolType
from backend.schools.permissions import can_choose_school, can_join_school, can_register_school


@transaction.atomic
def register_school(
    *, actor: Person, name: str, town: str, type: str = SchoolType.OTHER, official_number: str = "", **details: Any
) -> School:
    """Propose a school of the own country and join it; the agency validates it."""
    actor = Person.objects.lock(actor)
    allow(can_register_school(actor))
    values = checked({"name": name, "town": town, "type": type, "official_number": official_number, **details})
    now = clock.now()
    country = actor.country
    assert country, "confirmed staff have a country"
    due_at = clock.after_working_days(now, country.target_working_days)
    school = School(country=country, proposed_by=actor, state_since=now, due_at=due_at, **values)
    try:
        with transaction.atomic():
            school.save(force_insert=True)
    except IntegrityError:
        raise refusal("school_number_taken", field="official_number") from None
    record(SchoolRegistered(school), actor=actor)
    _join(school, actor)
    return school


@transaction.atomic
def join_school(school: School, *, actor: Person) -> SchoolMembership:
    """Work at this school. A newcomer's choice is part of the request; a validated person's further school is checked."""
    school = School.objects.lock(school)  # schools before people, always: no deadlock
    actor = Person.objects.lock(actor)
    allow(can_join_school(actor, school), "school_not_open")
    ensure(school.country_id == actor.country_id, "school_elsewhere", field="school")
    ensure(_place(school, actor) is None, "already_member_of_school", field="school")
    return _join(school, actor)


@transaction.atomic
def leave_school(school: School, *, actor: Person) -> SchoolMembership:
    """Work there no longer. A validated person keeps one school at least: first the new one, then the old one goes."""
    actor = Person.objects.lock(actor)
    membership = _place(school, actor)
    ensure(membership is not None, "not_member_of_school", field="school")
    assert membership
    others = actor.school_memberships.exclude(pk=membership.pk).select_related("school").order_by("-pk")
    open_ones = others.filter(state=MembershipState.VALIDATED, school__state=SchoolState.VALIDATED)
    if actor.state == PersonState.VALIDATED and membership.state == MembershipState.VALIDATED:
        ensure(open_ones.exists(), "last_school", field="school")
    change(membership, state=MembershipState.LEFT)
    if actor.school_id == school.pk:
        following = open_ones.first()
        next_one = following.school if following else None
        change(actor, school=next_one, **found_at(next_one, actor.search_text))
    if actor.state == PersonState.VALIDATED and not others.filter(state=MembershipState.PENDING).exists():
        change(actor, due_at=None)
    record(SchoolLeft(school), actor=actor)
    return membership


@transaction.atomic
def choose_school(school: School, *, actor: Person) -> Person:
    """From now on the person works mainly here; one account, one main school."""
    school = School.objects.lock(school)
    actor = Person.objects.lock(actor)
    allow(can_choose_school(actor), "person_not_validated")
    membership = _place(school, actor)
    is_mine = membership is not None and membership.state == MembershipState.VALIDATED
    ensure(is_mine, "not_member_of_school", field="school")
    ensure(school.state == SchoolState.VALIDATED, "school_closed", field="school")
    if change(actor, school=school, **found_at(school, actor.search_text)):
        record(SchoolChosen(school), actor=actor)
    return actor


@transaction.atomic
def move_to_country(*, actor: Person, country: str) -> Person:
    """Who works in another country from now on keeps the account and the projects, leaves the schools there, and waits for
    the new country's agency."""
    actor = Person.objects.lock(actor)
    allow(can_register_school(actor))
    there = Country.objects.filter(pk=country, valid_to=None).first()
    ensure(there is not None, "country_unknown", field="country")
    ensure(country != actor.country_id, "country_is_yours", field="country")
    left = actor.country_id
    actor.school_memberships.filter(state__in=PRESENT).update(state=MembershipState.LEFT)
    change(actor, country=there, school=None, **found_at(None, actor.search_text), is_ambassador=False)
    actor.inquiries.filter(answered_at=None).update(answered_at=clock.now())  # the old agency's
    start_waiting(actor, PersonState.PENDING)
    record(PersonMoved(actor, left or country), actor=actor)
    return actor


def _place(school: School, actor: Person) -> SchoolMembership | None:
    return actor.school_memberships.filter(school=school, state__in=PRESENT).first()


def _join(school: School, actor: Person) -> SchoolMembership:
    if actor.state in UNDECIDED:
        actor.school_memberships.filter(state=MembershipState.PENDING).update(state=MembershipState.LEFT)
        change(actor, school=school, **found_at(school, actor.search_text))
    elif actor.state == PersonState.VALIDATED:
        days = school.country.target_working_days
        change(actor, due_at=clock.after_working_days(clock.now(), days))
    membership = SchoolMembership.objects.create(person=actor, school=school)
    record(SchoolJoined(school), actor=actor)
    return membership
