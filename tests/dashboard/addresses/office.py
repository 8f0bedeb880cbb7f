"""An agency's tools and settings."""

from tests.dashboard.addresses.world import Area

OFFICE = Area()
