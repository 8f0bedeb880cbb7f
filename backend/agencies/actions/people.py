"""What an agency decides about people of its country. Suspensions follow from reports: see moderation."""

from collections.abc import Sequence

from django.db import transaction

from backend.accounts.actions import start_waiting
from backend.accounts.events import InformationRequested, PersonRejected, PersonValidated
from backend.accounts.models import UNDECIDED, Inquiry, Person, PersonState
from backend.accounts.sign_in import sign_out_everywhere
from backend.agencies.actions.deciding import a_reason, explain_if_central, settle, stand_in
from backend.agencies.events import AmbassadorEnded, AmbassadorNamed, PersonRestored, PersonRevoked
from backend.agencies.letters import mail_restored, mail_revoked
from backend.agencies.permissions import can_validate_teacher
from backend.core import clock
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.eventlog.record import record
from backend.schools.models import MembershipState, SchoolMembership, SchoolState


@transaction.atomic
def validate_teacher(person: Person, *, actor: Person, reason: str = "") -> Person:
    """The person is who they say and works at that school; so are further schools they joined."""
    person = Person.objects.lock(person)
    allow(can_validate_teacher(actor, person))
    stand_in(actor, reason, person.country_id)
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
    reason = a_reason(reason)
    stand_in(actor, reason, person.country_id)
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
    question = a_reason(question)
    stand_in(actor, question, person.country_id)
    Inquiry.objects.create(person=person, asked_by=actor, question=question)
    start_waiting(person, PersonState.INFORMATION_REQUESTED)
    record(InformationRequested(person), actor=actor)
    return person


@transaction.atomic
def revoke_teacher(person: Person, *, actor: Person, reason: str) -> Person:
    """The person left the school, or the profession: the account is closed until somebody restores it."""
    person = Person.objects.lock(person)
    allow(can_validate_teacher(actor, person))
    ensure(person.is_validated_staff, "teacher_not_validated")
    reason = a_reason(reason)
    stand_in(actor, reason, person.country_id)
    settle(person, PersonState.REVOKED, reason)
    sign_out_everywhere(person)
    mail_revoked(person)
    record(PersonRevoked(person), actor=actor)
    return person


@transaction.atomic
def restore_teacher(person: Person, *, actor: Person, reason: str) -> Person:
    """The account opens again, with the schools it had; those that waited for a check wait again."""
    person = Person.objects.lock(person)
    allow(can_validate_teacher(actor, person))
    ensure(person.is_revoked, "teacher_not_revoked")
    reason = a_reason(reason)
    stand_in(actor, reason, person.country_id)
    settle(person, PersonState.VALIDATED, reason)
    if person.country and person.school_memberships.filter(state=MembershipState.PENDING).exists():
        change(person, due_at=clock.after_working_days(clock.now(), person.country.target_working_days))
    mail_restored(person)
    record(PersonRestored(person), actor=actor)
    return person


@transaction.atomic
def name_ambassador(person: Person, *, actor: Person, is_ambassador: bool, reason: str = "") -> Person:
    """Teachers who look for help find this person first, or no longer."""
    person = Person.objects.lock(person)
    allow(can_validate_teacher(actor, person))
    explain_if_central(actor, reason)
    ensure(person.is_validated_staff, "teacher_not_validated")
    if change(person, is_ambassador=is_ambassador):
        stand_in(actor, reason, person.country_id)
        record(AmbassadorNamed(person) if is_ambassador else AmbassadorEnded(person), actor=actor)
    return person
