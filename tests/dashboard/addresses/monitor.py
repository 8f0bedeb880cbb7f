"""Partnerships and figures."""

from tests.dashboard.addresses.world import EVERY_OFFICER, OWN_COUNTRY, Area

MONITOR = Area(
    reading={"partnerships": EVERY_OFFICER, "partnership": OWN_COUNTRY},
    things={"pair": lambda: ["FR", "PL"]},
    absent={"pair": ["FR", "XX"]},
    about={"partnership": "pair"},
)
