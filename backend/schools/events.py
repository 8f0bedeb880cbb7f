"""What happens to schools."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

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
class RegisterImported(Fact):
    """One fact for the whole file: the rows' results are in the report."""

    kind = "register.imported"
    wording = _("%(actor)s imported the register of schools from the file “%(subject)s”.")
    run: RegisterImport

    def subject(self) -> RegisterImport:
        return self.run

    def countries(self) -> Iterable[str]:
        return [self.run.country_id]
