"""Who may look for partners, ask them, write to them and keep away from them."""

from backend.accounts.models import Person, PersonKind
from backend.partners.models import Announcement, Block, ContactRequest, ContactState


def can_search_partners(viewer: Person) -> bool:
    """Validated staff."""
    return viewer.is_validated_staff


def can_request_contact(actor: Person, person: Person) -> bool:
    """Between validated staff, never with oneself."""
    return actor.is_validated_staff and person.is_validated_staff and actor.pk != person.pk


def can_answer_contact(actor: Person, request: ContactRequest) -> bool:
    """Whoever was asked, as long as nobody answered."""
    return request.recipient_id == actor.pk and actor.is_validated_staff


def awaits_answer(request: ContactRequest) -> bool:
    return request.state == ContactState.PENDING


def can_withdraw_contact(actor: Person, request: ContactRequest) -> bool:
    """Whoever asked."""
    return request.sender_id == actor.pk


def can_end_contact(actor: Person, request: ContactRequest) -> bool:
    """Either of the two."""
    return actor.pk in (request.sender_id, request.recipient_id)


def can_block(actor: Person, person: Person) -> bool:
    """Staff may keep other staff away; officers and pupils meet nobody here."""
    return actor.kind == person.kind == PersonKind.STAFF and actor.pk != person.pk


def can_unblock(actor: Person, block: Block) -> bool:
    return block.blocker_id == actor.pk


def can_post_announcement(actor: Person) -> bool:
    """Validated staff."""
    return actor.is_validated_staff


def can_edit_announcement(actor: Person, announcement: Announcement) -> bool:
    """The author."""
    return announcement.author_id == actor.pk and actor.is_validated_staff


def can_send_message(actor: Person, person: Person) -> bool:
    """Between validated staff; who is no contact answers an announcement, or was written to before."""
    return actor.is_validated_staff and person.is_validated_staff and actor.pk != person.pk
