"""What happens to messages of an agency."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.eventlog.facts import Fact
from backend.mailings.models import Mailing, MailingAudience


@dataclass(frozen=True)
class MailingFact(Fact):
    """The agency's trail tells of it."""

    mailing: Mailing

    def subject(self) -> Mailing:
        return self.mailing

    def countries(self) -> Iterable[str]:
        return [self.mailing.agency.country_id] if self.mailing.agency.country_id else []


class MailingDrafted(MailingFact):
    kind = "mailing.drafted"
    wording = _("%(actor)s began a message to teachers: %(subject)s.")


class MailingEdited(MailingFact):
    kind = "mailing.edited"
    wording = _("%(actor)s changed a message to teachers: %(subject)s.")


class MailingScheduled(MailingFact):
    kind = "mailing.scheduled"
    wording = _("%(actor)s gave a message to teachers to be sent: %(subject)s.")


class MailingCancelled(MailingFact):
    kind = "mailing.cancelled"
    wording = _("%(actor)s cancelled a message to teachers: %(subject)s.")


class MailingFinished(MailingFact):
    kind = "mailing.finished"
    wording = _("A message has reached its teachers: %(subject)s.")


class MailingBounced(MailingFact):
    kind = "mailing.bounced"
    wording = _("%(actor)s noted letters that came back: %(subject)s.")


@dataclass(frozen=True)
class MailingArrived(Fact):
    """Some of its readers find it in their inbox; the trail would only repeat it for every batch."""

    mailing: Mailing
    readers: tuple[UUID, ...]
    kind = "mailing.arrived"
    wording = _("%(actor)s wrote to you for your agency: %(subject)s.")

    def subject(self) -> Mailing:
        return self.mailing

    def recipients(self) -> Iterable[UUID]:
        return self.readers


@dataclass(frozen=True)
class AudienceFact(Fact):
    audience: MailingAudience

    def subject(self) -> MailingAudience:
        return self.audience

    def countries(self) -> Iterable[str]:
        return [self.audience.agency.country_id] if self.audience.agency.country_id else []


class AudienceSaved(AudienceFact):
    kind = "audience.saved"
    wording = _("%(actor)s saved filters for messages to teachers: %(subject)s.")


class AudienceRemoved(AudienceFact):
    kind = "audience.removed"
    wording = _("%(actor)s removed saved filters for messages to teachers (%(subject)s).")
