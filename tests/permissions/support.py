"""Who may publish figures."""

from datetime import date

from backend.monitoring.actions import publish_statistics
from backend.monitoring.statistics import Period
from tests.factories.people import officer
from tests.permissions.world import NO, OK, Row, all_but
from tests.support.api import gid

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
DESK = all_but(NO, officer_FR=OK, central=OK)

TABLE: dict[str, Row] = {
    "publishStatistics": (
        lambda w: {"country": w.country, "since": "2025-01-01", "until": "2025-12-31", "reason": "Away"},
        DESK,
    ),
    "withdrawStatistics": (
        lambda w: {
            "publicationId": gid(publish_statistics(w.country, actor=officer(w.country), period=YEAR)),
            "reason": "Away",
        },
        DESK,
    ),
}
