"""What happens to schools."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.accounts.events import PersonFact
from backend.eventlog.facts import Fact
from backend.schools.models import RegisterImport, School


@dataclass(frozen=True)
class SchoolFact(Fact):
    school: School

    def subject(self) -> School:
        return self.school

    def countries(self) -> Iterable[str]:
        return [self.school.country_id]


class SchoolRegistered(SchoolFact):
    kind = "school.registered"
    wording = _("%(actor)s proposed the school %(subject)s.")


class SchoolJoined(SchoolFact):
    kind = "school.joined"
    wording = _("%(actor)s joined the school %(subject)s.")


class SchoolLeft(SchoolFact):
    kind = "school.left"
    wording = _("%(actor)s left the school %(subject)s.")


@dataclass(frozen=True)
class PersonMoved(PersonFact):
    """Both agencies read it."""

    left: str

    kind = "person.moved"
    wording = _("%(subject)s works in another country now and waits for its agency.")

    def countries(self) -> Iterable[str]:
        return {self.left, *super().countries()}


class SchoolChosen(SchoolFact):
    kind = "school.chosen"
    wording = _("%(actor)s works mainly at the school %(subject)s now.")


class SchoolEdited(SchoolFact):
    kind = "school.edited"
    wording = _("%(actor)s changed the presentation of the school %(subject)s.")


class SchoolDecided(SchoolFact):
    """A decision of the agency: whoever proposed the school finds it in the inbox."""

    def recipients(self) -> Iterable[UUID]:
        return [self.school.proposed_by_id] if self.school.proposed_by_id else []


class SchoolValidated(SchoolDecided):
    kind = "school.validated"
    wording = _("%(actor)s validated the school %(subject)s.")


class SchoolRejected(SchoolDecided):
    kind = "school.rejected"
    wording = _("%(actor)s rejected the school %(subject)s.")


@dataclass(frozen=True)
class SchoolChanged(SchoolFact):
    """The agency changed what the school's people rely on: they find it in the inbox."""

    people: tuple[UUID, ...]

    def recipients(self) -> Iterable[UUID]:
        return self.people


class SchoolCorrected(SchoolChanged):
    kind = "school.corrected"
    wording = _("%(actor)s corrected the official details of the school %(subject)s.")


class SchoolClosed(SchoolChanged):
    kind = "school.closed"
    wording = _("%(actor)s closed the school %(subject)s. Please choose another one.")


class SchoolReopened(SchoolChanged):
    kind = "school.reopened"
    wording = _("%(actor)s reopened the school %(subject)s.")


@dataclass(frozen=True)
class SchoolMerged(SchoolChanged):
    kind = "school.merged"
    wording = _("%(actor)s merged the school %(subject)s into another record of the same school.")
    into: School

    def data(self) -> dict[str, str]:
        return {"into": str(self.into.pk)}


@dataclass(frozen=True)
class RegisterImported(Fact):
    """One fact for the whole file: the rows' results are in the report."""

    kind = "register.imported"
    wording = _("%(actor)s imported the register of schools from the file “%(subject)s”.")
    run: RegisterImport

    def subject(self) -> RegisterImport:
        return self.run

    def countries(self) -> Iterable[str]:
        return [self.run.country_id]
