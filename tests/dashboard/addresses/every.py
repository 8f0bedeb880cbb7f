"""All areas together; an address that stands in none of them fails a test."""

from tests.dashboard.addresses.account import ACCOUNT
from tests.dashboard.addresses.monitor import MONITOR
from tests.dashboard.addresses.office import OFFICE
from tests.dashboard.addresses.queues import QUEUES
from tests.dashboard.addresses.records import RECORDS
from tests.dashboard.addresses.world import Area

AREAS = (QUEUES, RECORDS, MONITOR, OFFICE, ACCOUNT)
OPEN = {"sign_in", "confirm", "sign_out", "choose_language"}
READING = [(area, page) for area in AREAS for page in area.reading]
DECIDING = [(area, page) for area in AREAS for page in area.deciding]
ABOUT_SOMETHING = [(area, page) for area in AREAS for page in area.about]


def make(area: Area, page: str) -> str:
    """The address, with the thing it is about made first."""
    thing = area.about.get(page)
    return area.path(page, {thing: area.things[thing]()} if thing else {})
