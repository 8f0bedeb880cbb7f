"""What happens between partners."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.eventlog.facts import Fact
from backend.partners.models import ContactRequest


@dataclass(frozen=True)
class ContactFact(Fact):
    request: ContactRequest

    def subject(self) -> ContactRequest:
        return self.request

    def recipients(self) -> Iterable[UUID]:
        return [self.request.sender_id, self.request.recipient_id]


class ContactRequested(ContactFact):
    kind = "contact.requested"
    wording = _("%(actor)s would like to get in contact.")


class ContactAccepted(ContactFact):
    kind = "contact.accepted"
    wording = _("%(actor)s accepted the contact request.")


class ContactDeclined(ContactFact):
    kind = "contact.declined"
    wording = _("%(actor)s declined the contact request.")

    def recipients(self) -> Iterable[UUID]:
        return [self.request.sender_id]
