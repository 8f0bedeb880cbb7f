"""What an agency decides about people and schools of its country."""

from collections.abc import Sequence

from django.db import transaction

from backend.accounts.actions import start_waiting
from backend.accounts.events import InformationRequested, PersonRejected, PersonValidated
from backend.accounts.models import UNDECIDED, Inquiry, Person, PersonState
from backend.agencies.permissions import can_decide_for, can_validate_teacher, is_central
from backend.core import clock, fields
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.core.text import tidy_lines
from backend.eventlog.record import record
from backend.schools.events import SchoolRejected, SchoolValidated
from backend.schools.models import MembershipState, School, SchoolMembership, SchoolState


@transaction.atomic
def validate_teacher(person: Person, *, actor: Person, reason: str = "") -> Person:
    """The person is who they say and works at that school; so are further schools they joined."""
    person = Person.objects.lock(person)
    allow(can_validate_teacher(actor, person))
    explain_if_central(actor, reason)
    waiting = person.school_memberships.filter(state=MembershipState.PENDING)
    moved = person.state == PersonState.VALIDATED and waiting.exists()
    ensure(person.state in UNDECIDED or moved, "person_not_pending")
    ensure(person.school is not None, "school_missing")
    open_schools = SchoolMembership.objects.filter(school__state=SchoolState.VALIDATED)
    ensure(not waiting.exclude(pk__in=open_schools).exists(), "school_not_validated")
    waiting.update(state=MembershipState.VALIDATED)
    settle(person, PersonState.VALIDATED, reason)
    record(PersonValidated(person), actor=actor)
    return person


@transaction.atomic
def validate_teachers(people: Sequence[Person], *, actor: Person, reason: str = "") -> list[Person]:
    """Several at once: all or none."""
    return [validate_teacher(person, actor=actor, reason=reason) for person in people]


@transaction.atomic
def reject_teacher(person: Person, *, actor: Person, reason: str) -> Person:
    """The request is refused, with a reason the person reads. A validated person only loses the further school."""
    person = Person.objects.lock(person)
    allow(can_validate_teacher(actor, person))
    waiting = person.school_memberships.filter(state=MembershipState.PENDING)
    moved = person.state == PersonState.VALIDATED and waiting.exists()
    ensure(person.state in UNDECIDED or moved, "person_not_pending")
    reason = _reason(reason)
    waiting.update(state=MembershipState.REJECTED)
    settle(person, PersonState.VALIDATED if moved else PersonState.REJECTED, reason)
    record(PersonRejected(person), actor=actor)
    return person


@transaction.atomic
def request_information(person: Person, *, actor: Person, question: str) -> Person:
    """The agency asks before it decides; the days count again from the answer."""
    person = Person.objects.lock(person)
    allow(can_validate_teacher(actor, person))
    ensure(person.state in UNDECIDED, "person_not_pending")
    question = _reason(question)
    Inquiry.objects.create(person=person, asked_by=actor, question=question)
    start_waiting(person, PersonState.INFORMATION_REQUESTED)
    record(InformationRequested(person), actor=actor)
    return person


@transaction.atomic
def validate_school(school: School, *, actor: Person, reason: str = "") -> School:
    """The school exists and may twin."""
    school = School.objects.lock(school)
    allow(can_decide_for(actor, school.country_id))
    explain_if_central(actor, reason)
    ensure(school.state == SchoolState.PROPOSED, "school_not_pending")
    settle(school, SchoolState.VALIDATED, reason)
    record(SchoolValidated(school), actor=actor)
    return school


@transaction.atomic
def reject_school(school: School, *, actor: Person, reason: str) -> School:
    """The school is refused; who proposed it reads why and names another one."""
    school = School.objects.lock(school)
    allow(can_decide_for(actor, school.country_id))
    ensure(school.state == SchoolState.PROPOSED, "school_not_pending")
    reason = _reason(reason)
    settle(school, SchoolState.REJECTED, reason)
    school.memberships.filter(state=MembershipState.PENDING).update(state=MembershipState.REJECTED)
    Person.objects.filter(school=school, state__in=UNDECIDED).update(school=None)
    record(SchoolRejected(school), actor=actor)
    return school


def settle(entity: Person | School, state: str, reason: str) -> None:
    """Nobody waits any more."""
    change(entity, state=state, state_since=clock.now(), due_at=None, state_reason=tidy_lines(reason))


def explain_if_central(actor: Person, reason: str) -> None:
    """The central service acts for an absent agency only with a reason."""
    ensure(not is_central(actor) or bool(reason.strip()), "reason_missing", field="reason")


def _reason(reason: str) -> str:
    reason = tidy_lines(reason)
    ensure(bool(reason), "reason_missing", field="reason")
    fields.limit(fields.TEXT_LIMIT, reason=reason)
    return reason
