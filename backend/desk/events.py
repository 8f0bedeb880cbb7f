"""What happens on officers' desks."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from backend.desk.cases import Case
from backend.desk.models import Note, SavedView
from backend.eventlog.facts import Fact
from backend.eventlog.models import desk_stream
from backend.projects.models import Project


@dataclass(frozen=True)
class CaseFact(Fact):
    case: Case
    officer: UUID

    def subject(self) -> Model:
        subject: Model = self.case.subject
        return subject

    def countries(self) -> Iterable[str]:
        return [self.case.country]

    def streams(self) -> Iterable[UUID]:
        return [desk_stream(self.case.country)]

    def data(self) -> dict[str, str]:
        return {"officer": str(self.officer), "queue": str(self.case.queue)}


class CaseTaken(CaseFact):
    kind = "case.taken"
    wording = _("%(actor)s looks after a case: %(subject)s.")


class CaseAssigned(CaseFact):
    kind = "case.assigned"
    wording = _("%(actor)s gave a case to a colleague: %(subject)s.")

    def recipients(self) -> Iterable[UUID]:
        return [self.officer]


class CaseReleased(CaseFact):
    kind = "case.released"
    wording = _("%(actor)s gave a case back to the queue: %(subject)s.")


@dataclass(frozen=True)
class AgencyNudged(Fact):
    """One office asks the other for its decision."""

    project: Project
    side: str
    officers: tuple[UUID, ...]

    kind = "project.agency_nudged"
    wording = _("%(actor)s reminded the other agency: “%(subject)s” waits for its decision.")

    def subject(self) -> Project:
        return self.project

    def countries(self) -> Iterable[str]:
        return self.project.founder_countries

    def streams(self) -> Iterable[UUID]:
        return [desk_stream(self.side)]

    def recipients(self) -> Iterable[UUID]:
        return self.officers

    def data(self) -> dict[str, str]:
        return {"country": self.side}


@dataclass(frozen=True)
class ViewFact(Fact):
    view: SavedView

    def subject(self) -> SavedView:
        return self.view

    def countries(self) -> Iterable[str]:
        """Shared views concern the agency; private ones nobody."""
        country = self.view.agency.country_id
        return [country] if self.view.is_shared and country else []


class ViewSaved(ViewFact):
    kind = "view.saved"
    wording = _("%(actor)s saved a view: %(subject)s.")


class ViewRemoved(ViewFact):
    kind = "view.removed"
    wording = _("%(actor)s removed a saved view: %(subject)s.")


@dataclass(frozen=True)
class NoteFact(Fact):
    note: Note

    def subject(self) -> Model:
        return self.note.subject

    def countries(self) -> Iterable[str]:
        """The office's own; what the central service notes is told to nobody."""
        country = self.note.agency.country_id
        return [country] if country else []


class NoteWritten(NoteFact):
    kind = "note.written"
    wording = _("%(actor)s wrote a note about %(subject)s.")


class NoteRemoved(NoteFact):
    kind = "note.removed"
    wording = _("%(actor)s removed a note about %(subject)s.")
