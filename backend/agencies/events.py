"""What happens to officers and agencies, and what agencies decide about accounts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.accounts.events import PersonDecided
from backend.agencies.models import Agency, Officer
from backend.eventlog.facts import Fact


class PersonRevoked(PersonDecided):
    kind = "person.revoked"
    wording = _("%(actor)s closed the account of %(subject)s, who left the school.")


class PersonRestored(PersonDecided):
    kind = "person.restored"
    wording = _("%(actor)s restored the account of %(subject)s.")


class AmbassadorNamed(PersonDecided):
    kind = "person.ambassador_named"
    wording = _("%(actor)s named %(subject)s an ambassador.")


class AmbassadorEnded(PersonDecided):
    kind = "person.ambassador_ended"
    wording = _("%(actor)s ended the time of %(subject)s as an ambassador.")


class SecondFactorReset(PersonDecided):
    kind = "factor.reset"
    wording = _("%(actor)s reset the second factor of %(subject)s.")


@dataclass(frozen=True)
class AgencyFact(Fact):
    """What its officers should know."""

    agency: Agency
    policies: dict[str, str] = field(default_factory=dict)

    def subject(self) -> Agency:
        return self.agency

    def countries(self) -> Iterable[str]:
        return [self.agency.country_id] if self.agency.country_id else []

    def recipients(self) -> Iterable[UUID]:
        return Officer.objects.in_force().filter(agency=self.agency).values_list("person", flat=True)

    def data(self) -> dict[str, str]:
        return self.policies


class AgencyEdited(AgencyFact):
    kind = "agency.edited"
    wording = _("%(actor)s changed the contact details of %(subject)s.")


class PolicySet(AgencyFact):
    kind = "agency.policy_set"
    wording = _("%(actor)s changed the policies of %(subject)s.")


class AgencyRepresented(AgencyFact):
    kind = "agency.represented"
    wording = _("%(actor)s decided for %(subject)s, which was absent, and gave a reason.")


class ReadyTextWritten(AgencyFact):
    kind = "agency.text_written"
    wording = _("%(actor)s wrote a ready text for %(subject)s.")


class ReadyTextRemoved(AgencyFact):
    kind = "agency.text_removed"
    wording = _("%(actor)s removed a ready text of %(subject)s.")


@dataclass(frozen=True)
class OfficerFact(Fact):
    """The officer finds it in the inbox, and so do the agency's leads."""

    officer: Officer

    def subject(self) -> Officer:
        return self.officer

    def countries(self) -> Iterable[str]:
        return [self.officer.agency.country_id] if self.officer.agency.country_id else []

    def recipients(self) -> Iterable[UUID]:
        leads = Officer.objects.in_force().leads_of(self.officer.agency)
        return [self.officer.person_id, *leads.values_list("person", flat=True)]

    def data(self) -> dict[str, str]:
        return {"role": self.officer.role}


class OfficerAppointed(OfficerFact):
    kind = "officer.appointed"
    wording = _("%(actor)s appointed %(subject)s.")


class OfficerAccepted(OfficerFact):
    kind = "officer.accepted"
    wording = _("%(subject)s accepted the appointment.")


class OfficerChanged(OfficerFact):
    kind = "officer.changed"
    wording = _("%(actor)s gave %(subject)s another role at the agency.")


class OfficerDismissed(OfficerFact):
    kind = "officer.dismissed"
    wording = _("%(actor)s ended the appointment of %(subject)s.")
