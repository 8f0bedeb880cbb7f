"""Today and the queues."""

from tests.dashboard.addresses.world import EVERY_OFFICER, Area

QUEUES = Area(reading=dict.fromkeys(("today", "people", "projects"), EVERY_OFFICER))
