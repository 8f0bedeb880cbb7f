"""Keeping somebody away."""

from django.db import transaction

from backend.accounts.models import Person
from backend.core import clock
from backend.core.guards import allow, ensure
from backend.eventlog.record import record
from backend.partners.events import PersonBlocked, PersonUnblocked
from backend.partners.models import Block, ContactRequest, ContactState
from backend.partners.permissions import can_block, can_unblock


@transaction.atomic
def block_person(person: Person, *, actor: Person) -> Block:
    """No contact, no message, no announcement passes between the two; the other is not told."""
    actor = Person.objects.lock(actor)
    ensure(actor.pk != person.pk, "self_contact", field="person")
    allow(can_block(actor, person))
    ensure(not actor.blocks.filter(blocked=person).exists(), "already_blocked", field="person")
    block = Block.objects.create(blocker=actor, blocked=person)
    between = ContactRequest.objects.between(actor, person)
    between.accepted().update(state=ContactState.ENDED)
    waiting, now = between.filter(state=ContactState.PENDING), clock.now()
    waiting.filter(sender=actor).update(state=ContactState.WITHDRAWN, answered_at=now)
    waiting.filter(sender=person).update(state=ContactState.DECLINED, answered_at=now)
    record(PersonBlocked(block), actor=actor)
    return block


@transaction.atomic
def unblock_person(block: Block, *, actor: Person) -> Person:
    """They may ask again; what was ended stays ended."""
    block = Block.objects.lock(block)
    allow(can_unblock(actor, block))
    record(PersonUnblocked(block), actor=actor)
    block.delete()
    return block.blocked
