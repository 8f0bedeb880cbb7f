"""Proposing a school and joining one."""

from typing import Any

from django.db import IntegrityError, transaction

from backend.accounts.models import UNDECIDED, Person, PersonState
from backend.core import clock, fields
from backend.core.guards import allow, ensure, refusal
from backend.core.models import change
from backend.core.text import tidy
from backend.eventlog.record import record
from backend.schools.events import SchoolJoined, SchoolRegistered
from backend.schools.models import MembershipState, School, SchoolMembership, SchoolType, search_text_of
from backend.schools.permissions import can_join_school, can_register_school


@transaction.atomic
def register_school(
    *, actor: Person, name: str, town: str, type: str = SchoolType.OTHER, official_number: str = "", **details: Any
) -> School:
    """Propose a school of the own country and join it; the agency validates it."""
    actor = Person.objects.lock(actor)
    allow(can_register_school(actor))
    texts = {key: tidy(value) if isinstance(value, str) else value for key, value in details.items()}
    name, town, official_number = tidy(name), tidy(town), tidy(official_number).upper()
    _check_school(name, town, type, texts)
    now = clock.now()
    country = actor.country
    assert country, "confirmed staff have a country"
    school = School(
        name=name, town=town, type=type, official_number=official_number, country=country, proposed_by=actor,
        state_since=now, due_at=clock.after_working_days(now, country.target_working_days),
        search_text=search_text_of(name, town), **texts,
    )  # fmt: skip
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
    actor = Person.objects.lock(actor)
    allow(can_join_school(actor, school), "school_not_open")
    ensure(school.country_id == actor.country_id, "school_elsewhere", field="school")
    present = (MembershipState.PENDING, MembershipState.VALIDATED)
    mine = actor.school_memberships.filter(school=school, state__in=present)
    ensure(not mine.exists(), "already_member_of_school", field="school")
    return _join(school, actor)


def _join(school: School, actor: Person) -> SchoolMembership:
    if actor.state in UNDECIDED:
        actor.school_memberships.filter(state=MembershipState.PENDING).update(state=MembershipState.LEFT)
        change(actor, school=school)
    elif actor.state == PersonState.VALIDATED:
        days = school.country.target_working_days
        change(actor, due_at=clock.after_working_days(clock.now(), days))
    membership = SchoolMembership.objects.create(person=actor, school=school)
    record(SchoolJoined(school), actor=actor)
    return membership


DETAILS = {
    "public_name": 200, "address": 200, "postal_code": 20, "region": 120, "other_region": 120,
    "web_site": 200, "principal_name": 160, "principal_email": 254,
}  # fmt: skip
NUMBERS = {"ages_from", "ages_to", "pupil_count", "latitude", "longitude", "is_abroad"}


def _check_school(name: str, town: str, type: str, details: dict[str, Any]) -> None:
    assert set(details) <= {*DETAILS, *NUMBERS}, f"not part of a school: {sorted(details)}"
    fields.require(name=name, town=town)
    fields.limit(200, name=name)
    fields.limit(120, town=town)
    for field, length in DETAILS.items():
        fields.limit(length, **{field: details.get(field, "")})
    fields.check_codes("type", [type], SchoolType.values)
    fields.check_ages(details.get("ages_from"), details.get("ages_to"))
