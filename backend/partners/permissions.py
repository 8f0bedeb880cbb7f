"""Who may look for partners and ask them."""

from backend.accounts.models import Person
from backend.partners.models import ContactRequest, ContactState


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
