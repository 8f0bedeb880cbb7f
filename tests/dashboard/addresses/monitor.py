"""Partnerships, projects and figures."""

from uuid import uuid4

from backend.monitoring.models import Publication
from tests.dashboard.addresses.world import ASK, DONE, EVERY_OFFICER, OWN_COUNTRY, Area
from tests.factories.projects import project

PAGES = ("partnerships", "matrix", "monitor", "statistics", "period_report", "exports")


def publication() -> list[object]:
    dates = {"since": "2025-01-01", "until": "2025-06-30"}
    return [Publication.objects.create(country_id="FR", counts={}, tables={}, **dates).pk]


MONITOR = Area(
    reading={
        **dict.fromkeys(PAGES, EVERY_OFFICER),
        **dict.fromkeys(("partnership", "rows", "export"), OWN_COUNTRY),
        "founders": (302, 403, 403, 200, 403, 404, 200),
    },
    things={
        "pair": lambda: ["FR", "PL"],
        "project": lambda: [project("OPEN").pk],
        "publication": publication,
        "country": lambda: ["FR"],
        "figure": lambda: ["FR", "staff"],
        "file": lambda: ["FR", "partnerships", "csv"],
    },
    absent={
        "pair": ["FR", "XX"],
        "project": [uuid4()],
        "publication": [uuid4()],
        "country": ["XX"],
        "figure": ["XX", "staff"],
        "file": ["XX", "partnerships", "csv"],
    },
    about={
        "partnership": "pair",
        "founders": "project",
        "contact_founders": "project",
        "withdraw_statistics": "publication",
        "publish_statistics": "country",
        "rows": "figure",
        "export": "file",
    },
    deciding={
        # Without a text: a letter needs one, and the central service gives a reason for what it publishes.
        "contact_founders": (302, 403, 403, ASK, 403, 404, ASK),
        "withdraw_statistics": (302, 403, 403, DONE, 403, 404, ASK),
        "publish_statistics": (302, 403, 403, DONE, 403, 404, ASK),
    },
    sent={"publish_statistics": {"since": "2025-01-01", "until": "2025-06-30"}},
)
