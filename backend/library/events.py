"""What happens to entries of the library."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from backend.eventlog.facts import Fact
from backend.library.models import LibraryEntry


@dataclass(frozen=True)
class EntryFact(Fact):
    entry: LibraryEntry

    def subject(self) -> LibraryEntry:
        return self.entry

    def countries(self) -> Iterable[str]:
        return [self.entry.country_id] if self.entry.country_id else []


class EntryDrafted(EntryFact):
    kind = "library.drafted"
    wording = _("%(actor)s began “%(subject)s” in the library.")


class EntryTranslated(EntryFact):
    kind = "library.translated"
    wording = _("%(actor)s translated “%(subject)s” in the library.")


class EntryEdited(EntryFact):
    kind = "library.edited"
    wording = _("%(actor)s edited “%(subject)s” in the library.")


class EntryPublished(EntryFact):
    kind = "library.published"
    wording = _("%(actor)s published “%(subject)s” in the library.")


class EntryArchived(EntryFact):
    kind = "library.archived"
    wording = _("%(actor)s archived “%(subject)s” in the library.")


class EntryRestored(EntryFact):
    kind = "library.restored"
    wording = _("%(actor)s took “%(subject)s” out of the library’s archive.")
