"""An agency's tools and settings."""

from typing import Any
from uuid import uuid4

from backend.agencies.actions.texts import write_text
from backend.mailings.actions.sending import send_mailing
from backend.mailings.actions.writing import save_audience
from backend.mailings.models import Mailing
from tests.dashboard.addresses.world import ASK, DONE, EVERY_OFFICER, OWN_COUNTRY, Area
from tests.factories.labels import labelled
from tests.factories.mailings import draft, reader
from tests.factories.people import officer

UPLOADS = {"file_megabytes": 25, "video_megabytes": 100, "workspace_megabytes": 1024}
TEXT = {"use": "MESSAGE", "language": "en", "title": "May", "text": "Come."}


def _draft() -> list[Any]:
    reader("FR")
    return [draft().pk]


def _scheduled() -> list[Any]:
    reader("FR")
    desk = officer("FR")
    mailing: Mailing = send_mailing(draft(desk), actor=desk)
    return [mailing.pk]


def _kept() -> list[Any]:
    desk = officer("FR")
    return [save_audience(desk.officer.agency, actor=desk, name="All", criteria={}).pk]


def _text() -> list[Any]:
    desk = officer("FR")
    return [write_text(desk.officer.agency, actor=desk, **TEXT).pk]


def _officer() -> list[Any]:
    return [officer("FR").officer.pk]


def _labelled() -> list[Any]:
    return [labelled().pk]


OFFICE = Area(
    reading={
        **dict.fromkeys(("mailings", "trail", "european_labels", "settings", "officers", "texts"), EVERY_OFFICER),
        "draft_mailing": (302, 403, 403, 200, 403, 200, 403),
        "export_trail": EVERY_OFFICER,
        "mailing": OWN_COUNTRY,
        "edit_mailing": (302, 403, 403, 200, 403, 404, 403),
        "write_text": (302, 403, 403, 200, 403, 200, 200),
        "text": (302, 403, 403, 200, 200, 404, 404),
        "system": (302, 403, 403, 404, 404, 404, 200),
    },
    # None of those who come by is a lead; the central service gives no reason here.
    deciding={
        "send_mailing": (302, 403, 403, DONE, 403, 404, 403),
        "cancel_mailing": (302, 403, 403, DONE, 403, 404, 403),
        "remove_audience": (302, 403, 403, DONE, 403, 404, 403),
        "nominate_label": (302, 403, 403, DONE, 403, 404, 403),
        "award_european_label": (302, 403, 403, 403, 403, 404, ASK),
        "remove_text": (302, 403, 403, DONE, 403, 404, 404),
        "edit_agency": (302, 403, 403, 403, 403, 404, ASK),
        "set_policy": (302, 403, 403, 403, 403, 404, ASK),
        "set_label_policy": (302, 403, 403, 403, 403, 404, ASK),
        "appoint_officer": (302, 403, 403, 403, 403, 404, ASK),
        "change_officer": (302, 403, 403, 404, 404, 404, ASK),
        "dismiss_officer": (302, 403, 403, 404, 404, 404, ASK),
    },
    things={"draft": _draft, "scheduled": _scheduled, "kept": _kept, "text": _text, "officer": _officer, "labelled": _labelled},
    absent={name: [uuid4()] for name in ("draft", "scheduled", "kept", "text", "officer", "labelled")},
    about={
        "nominate_label": "labelled", "award_european_label": "labelled", "mailing": "draft", "edit_mailing": "draft", "send_mailing": "draft", "cancel_mailing": "scheduled",
        "remove_audience": "kept", "text": "text", "remove_text": "text", "change_officer": "officer",
        "dismiss_officer": "officer",
    },
    fixed={"export_trail": ["csv"]},
    sent={
        "edit_agency": {"name": "New", "country": "FR"},
        "set_policy": {"target_working_days": 9, "project_approval": "MANUAL", "country": "FR", **UPLOADS},
        "set_label_policy": {"assessors": 2, "target_working_days": 30, "country": "FR"},
        "appoint_officer": {
            "email": "new@agency.example", "given_name": "Lou", "family_name": "Petit", "role": "OFFICER",
            "language": "en", "country": "FR",
        },
        "change_officer": {"role": "LEAD"},
    },
)  # fmt: skip
