"""Everything is counted, and some agencies have published last school year's figures."""

from datetime import date

from backend.config.demo.ground.officers import at_agency
from backend.core import clock
from backend.monitoring.actions import publish_statistics
from backend.monitoring.rollups.rebuilding import rebuild_statistics
from backend.monitoring.statistics import Period

PUBLISHING = ("FR", "PL", "IT", "RO", "ES")
AUGUST = 8


def play_figures() -> None:
    rebuild_statistics()
    today = clock.now().date()
    ended = today.year if today.month > AUGUST else today.year - 1
    year = Period(date(ended - 1, AUGUST + 1, 1), date(ended, AUGUST, 31))
    for country in PUBLISHING:
        publish_statistics(country, actor=at_agency(f"lead.{country}"), period=year)
