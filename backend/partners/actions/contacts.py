"""Asking somebody to become a partner, answering, taking it back, ending it."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from backend.accounts.models import Person
from backend.core import clock, fields
from backend.core.guards import allow, ensure, refusal
from backend.core.models import change
from backend.core.text import tidy_lines
from backend.eventlog.record import record
from backend.partners.events import ContactAccepted, ContactDeclined, ContactEnded, ContactRequested, ContactWithdrawn
from backend.partners.models import ContactRequest, ContactState, are_contacts, is_blocked
from backend.partners.permissions import (
    awaits_answer,
    can_answer_contact,
    can_end_contact,
    can_request_contact,
    can_withdraw_contact,
)

OPEN_REQUESTS = 20
REQUESTS_A_DAY = 30
NOTE_LIMIT = 1_000


@transaction.atomic
def request_contact(person: Person, *, actor: Person, note: str = "") -> ContactRequest:
    """Ask an available person; unanswered requests are limited so that nobody sends mass mail."""
    actor = Person.objects.lock(actor)
    ensure(actor.pk != person.pk, "self_contact", field="person")
    allow(actor.is_validated_staff, "person_not_validated")
    allow(can_request_contact(actor, person))
    ensure(not actor.blocks.filter(blocked=person).exists(), "person_blocked", field="person")
    is_open = person.is_available and not is_blocked(actor, person)  # nobody is told that they were blocked
    ensure(is_open, "person_not_available", field="person")
    note = tidy_lines(note)
    fields.limit(NOTE_LIMIT, note=note)
    _check_not_asked(person, actor)
    _check_limits(actor)
    try:
        with transaction.atomic():
            request = ContactRequest.objects.create(sender=actor, recipient=person, note=note)
    except IntegrityError:
        raise refusal("contact_already_asked", field="person") from None
    record(ContactRequested(request), actor=actor)
    return request


@transaction.atomic
def answer_contact(request: ContactRequest, *, actor: Person, accepts: bool) -> ContactRequest:
    """Accept or decline; accepted means: contacts from now on."""
    request = ContactRequest.objects.lock(request)
    allow(can_answer_contact(actor, request))
    ensure(awaits_answer(request), "contact_request_answered")
    state = ContactState.ACCEPTED if accepts else ContactState.DECLINED
    change(request, state=state, answered_at=clock.now())
    record(ContactAccepted(request) if accepts else ContactDeclined(request), actor=actor)
    return request


@transaction.atomic
def withdraw_contact(request: ContactRequest, *, actor: Person) -> ContactRequest:
    """Who asked takes it back; it no longer counts among the unanswered ones."""
    request = ContactRequest.objects.lock(request)
    allow(can_withdraw_contact(actor, request))
    ensure(awaits_answer(request), "contact_request_answered")
    change(request, state=ContactState.WITHDRAWN, answered_at=clock.now())
    record(ContactWithdrawn(request), actor=actor)
    return request


@transaction.atomic
def end_contact(request: ContactRequest, *, actor: Person) -> ContactRequest:
    """Either of two contacts is no contact any more; what they work on together goes on."""
    request = ContactRequest.objects.lock(request)
    allow(can_end_contact(actor, request))
    ensure(request.state == ContactState.ACCEPTED, "not_in_contact")
    change(request, state=ContactState.ENDED)
    record(ContactEnded(request), actor=actor)
    return request


def _check_not_asked(person: Person, actor: Person) -> None:
    ensure(not are_contacts(actor, person), "already_contacts", field="person")
    waiting = ContactRequest.objects.between(actor, person).filter(state=ContactState.PENDING)
    ensure(not waiting.exists(), "contact_already_asked", field="person")


def _check_limits(actor: Person) -> None:
    sent = actor.contact_requests_sent.all()
    waiting = sent.filter(state=ContactState.PENDING).count()
    ensure(waiting < OPEN_REQUESTS, "contact_requests_open", limit=OPEN_REQUESTS)
    today = sent.filter(created_at__gt=clock.now() - timedelta(days=1)).count()
    ensure(today < REQUESTS_A_DAY, "contact_requests_today", limit=REQUESTS_A_DAY)
