"""Who writes to many teachers at once, and who reads what was written."""

from backend.accounts.models import Person
from backend.agencies.models import DECIDING, Agency
from backend.agencies.permissions import appointment
from backend.mailings.models import Mailing


def agency_of(actor: Person) -> Agency | None:
    """The agency for which somebody may write: the own one, of a country; the central service writes to no teacher."""
    officer = appointment(actor)
    may = officer is not None and officer.role in DECIDING and officer.agency.country_id is not None
    return officer.agency if officer and may else None


def can_write_mailing(actor: Person, agency_id: object) -> bool:
    """Officers and leads of the agency itself."""
    agency = agency_of(actor)
    return agency is not None and agency.pk == agency_id


def can_read_letters(viewer: Person, mailing: Mailing) -> bool:
    """To whom a message goes and what became of it is for the agency and the central service."""
    return viewer.oversees.covers(mailing.agency.country_id)
