"""What happens between partners."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.eventlog.facts import Fact
from backend.partners.models import Announcement, Block, ContactRequest, Message


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


class ContactWithdrawn(ContactFact):
    """Quietly: nothing to do for anybody."""

    kind = "contact.withdrawn"
    wording = _("%(actor)s withdrew a contact request.")

    def recipients(self) -> Iterable[UUID]:
        return ()


class ContactEnded(ContactFact):
    """Quietly, as leaving a table."""

    kind = "contact.ended"
    wording = _("%(actor)s ended a contact.")

    def recipients(self) -> Iterable[UUID]:
        return ()


@dataclass(frozen=True)
class BlockFact(Fact):
    """Nobody reads it: neither the other nor an agency."""

    block: Block

    def subject(self) -> Block:
        return self.block


class PersonBlocked(BlockFact):
    kind = "person.blocked"
    wording = _("%(actor)s blocked somebody.")


class PersonUnblocked(BlockFact):
    kind = "person.unblocked"
    wording = _("%(actor)s no longer blocks somebody.")


@dataclass(frozen=True)
class AnnouncementFact(Fact):
    announcement: Announcement

    def subject(self) -> Announcement:
        return self.announcement

    def countries(self) -> Iterable[str]:
        country = self.announcement.author.country_id
        return [country] if country else []


class AnnouncementPosted(AnnouncementFact):
    kind = "announcement.posted"
    wording = _("%(actor)s posted an announcement: %(subject)s.")


class AnnouncementEdited(AnnouncementFact):
    kind = "announcement.edited"
    wording = _("%(actor)s edited the announcement %(subject)s.")


class AnnouncementClosed(AnnouncementFact):
    kind = "announcement.closed"
    wording = _("%(actor)s closed the announcement %(subject)s.")


@dataclass(frozen=True)
class MessageSent(Fact):
    """No agency reads that two people write to each other."""

    kind = "message.sent"
    wording = _("%(actor)s sent you a message.")

    message: Message
    readers: tuple[UUID, ...]

    def subject(self) -> Message:
        return self.message

    def recipients(self) -> Iterable[UUID]:
        return self.readers
