"""What happens to people."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.accounts.models import AccessToken, Person
from backend.eventlog.facts import Fact


@dataclass(frozen=True)
class PersonFact(Fact):
    person: Person

    def subject(self) -> Person:
        return self.person

    def countries(self) -> Iterable[str]:
        return [self.person.country_id] if self.person.country_id else []


class PersonRegistered(PersonFact):
    kind = "person.registered"
    wording = _("%(subject)s registered.")


class EmailConfirmed(PersonFact):
    kind = "person.email_confirmed"
    wording = _("%(subject)s confirmed the e-mail address.")


class EmailChanged(PersonFact):
    kind = "person.email_changed"
    wording = _("%(subject)s has another e-mail address.")


class ProfileUpdated(PersonFact):
    kind = "person.updated"
    wording = _("%(actor)s changed the profile.")


class InformationAnswered(PersonFact):
    kind = "person.information_answered"
    wording = _("%(subject)s answered the agency.")


class PersonDecided(PersonFact):
    """A decision of the agency: the person finds it in the inbox."""

    kind: ClassVar[str]

    def recipients(self) -> Iterable[UUID]:
        return [self.person.pk]


class PersonValidated(PersonDecided):
    kind = "person.validated"
    wording = _("%(actor)s validated %(subject)s.")


class PersonRejected(PersonDecided):
    kind = "person.rejected"
    wording = _("%(actor)s rejected the request of %(subject)s.")


class InformationRequested(PersonDecided):
    kind = "person.information_requested"
    wording = _("%(actor)s asked %(subject)s for information.")


class ConsentGiven(PersonFact):
    kind = "person.consented"
    wording = _("%(subject)s accepted the code of conduct and the privacy notice.")


class PrivateFact(PersonFact):
    """In the own trail only; a letter tells the person."""

    kind: ClassVar[str]

    def countries(self) -> Iterable[str]:
        return ()


class PasswordChanged(PrivateFact):
    kind = "password.changed"
    wording = _("%(subject)s changed the password.")


class SecondFactorActivated(PrivateFact):
    kind = "factor.activated"
    wording = _("%(subject)s set up a second factor.")


class SecondFactorRemoved(PrivateFact):
    kind = "factor.removed"
    wording = _("%(subject)s removed the second factor.")


class RecoveryCodesRenewed(PrivateFact):
    kind = "factor.renewed"
    wording = _("%(subject)s took new recovery codes.")


class RecoveryCodeUsed(PrivateFact):
    kind = "factor.recovered"
    wording = _("%(subject)s signed in with a recovery code.")


@dataclass(frozen=True)
class TokenFact(Fact):
    """Programs that act in somebody's name."""

    token: AccessToken

    def subject(self) -> AccessToken:
        return self.token


class TokenCreated(TokenFact):
    kind = "token.created"
    wording = _("%(actor)s created the token “%(subject)s”.")


class TokenRevoked(TokenFact):
    kind = "token.revoked"
    wording = _("%(actor)s revoked the token “%(subject)s”.")
