"""What happens to what is known about people."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from backend.accounts.events import PersonFact
from backend.eventlog.facts import Fact
from backend.projects.models import Project


class DataExported(PersonFact):
    """In the own trail only."""

    kind = "data.exported"
    wording = _("%(actor)s took home what is known about %(subject)s.")

    def countries(self) -> Iterable[str]:
        return ()


class AccountErased(PersonFact):
    kind = "account.erased"
    wording = _("%(actor)s erased an account: %(subject)s.")


@dataclass(frozen=True)
class ContentRetired(Fact):
    """A year after the end."""

    project: Project

    kind = "content.retired"
    wording = _("What was written in the workspace of “%(subject)s” was deleted, a year after the project was closed.")

    def subject(self) -> Project:
        return self.project

    def countries(self) -> Iterable[str]:
        return self.project.founder_countries
