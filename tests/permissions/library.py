"""Who writes in the library, and who begins with a kit."""

from backend.library.actions import archive_library_entry
from backend.library.models import LibraryEntry
from tests.factories.library import entry, kit, published
from tests.factories.people import officer
from tests.permissions.world import HIDDEN, NO, OK, WAITS, Row, World, all_but
from tests.support.api import gid

WORDS = {"title": "Safe online"}
DRAFTS = all_but(HIDDEN, officer_FR=OK, viewer_FR=NO, central=OK)
SHOWN = all_but(NO, officer_FR=OK, central=OK)


def _draft(world: World) -> LibraryEntry:
    return entry(actor=officer(world.country))


def _published(world: World) -> LibraryEntry:
    return published(actor=officer(world.country))


def archived(world: World) -> str:
    return gid(archive_library_entry(_published(world), actor=officer(world.country)))


TABLE: dict[str, Row] = {
    "draftLibraryEntry": (
        lambda w: {"kind": "ARTICLE", "language": "EN", "words": WORDS},
        all_but(NO, officer_FR=OK, officer_DE=OK, central=OK),
    ),
    "translateLibraryEntry": (lambda w: {"entryId": gid(_draft(w)), "language": "FR", "words": WORDS}, DRAFTS),
    "editLibraryEntry": (
        lambda w: {"entryId": gid(_draft(w)), "language": "EN", "expectedVersion": 1, "words": WORDS},
        DRAFTS,
    ),
    "publishLibraryEntry": (lambda w: {"entryId": gid(_draft(w))}, DRAFTS),
    "archiveLibraryEntry": (lambda w: {"entryId": gid(_published(w))}, SHOWN),
    "restoreLibraryEntry": (lambda w: {"entryId": archived(w)}, DRAFTS),
    "draftProjectFromKit": (
        lambda w: {"kitId": gid(kit()), "partnerId": gid(w.candidate)},
        all_but(HIDDEN, founder=OK, other="not_contacts", outsider="not_contacts")
        | {"officer FR": WAITS, "viewer FR": WAITS, "central": WAITS},
    ),
}
