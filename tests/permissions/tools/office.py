"""Who writes to an agency's teachers, keeps texts ready, and says whether they want messages."""

from typing import Any

from backend.agencies.actions.texts import write_text
from backend.agencies.models import Agency
from backend.mailings.actions.sending import send_mailing
from backend.mailings.actions.writing import save_audience
from tests.factories.mailings import draft, reader
from tests.factories.people import officer
from tests.permissions.world import HIDDEN, NO, OK, Row, World, all_but
from tests.support.api import gid

WORDS = [{"language": "EN", "subject": "May", "body": "Come."}]
WRITE: dict[str, Any] = {"words": WORDS, "criteria": {}}
TEXT = {"use": "MESSAGE", "language": "EN", "title": "May", "text": "Come."}
OWN = all_but(HIDDEN, officer_FR=OK, viewer_FR=NO, central=NO)
STAFF = all_but(NO, newcomer=OK, outsider=OK, founder=OK, other=OK)


def scheduled(world: World) -> Any:
    reader(world.country)
    desk = officer(world.country)
    return send_mailing(draft(desk), actor=desk)


def to_somebody(world: World) -> Any:
    reader(world.country)
    return unsent(world)


def unsent(world: World) -> Any:
    return draft(officer(world.country))


def audience(world: World) -> Any:
    desk = officer(world.country)
    return save_audience(desk.officer.agency, actor=desk, name="All", criteria={})


def text(world: World) -> Any:
    desk = officer(world.country)
    return write_text(desk.officer.agency, actor=desk, **{**TEXT, "language": "en", "title": "June"})


TABLE: dict[str, Row] = {
    "draftMailing": (lambda w: WRITE, all_but(NO, officer_FR=OK, officer_DE=OK)),
    "editMailing": (lambda w: {"mailingId": gid(unsent(w)), "expectedVersion": 1, **WRITE}, OWN),
    "sendMailing": (lambda w: {"mailingId": gid(to_somebody(w))}, OWN),
    "cancelMailing": (lambda w: {"mailingId": gid(scheduled(w))}, OWN),
    "recordMailingBounces": (lambda w: {"mailingId": gid(unsent(w)), "addresses": ["a@example.org"]}, OWN),
    "saveMailingAudience": (lambda w: {"name": "All", "criteria": {}}, all_but(NO, officer_FR=OK, officer_DE=OK)),
    "removeMailingAudience": (lambda w: {"audienceId": gid(audience(w))}, OWN),
    "setMailingConsent": (lambda w: {"wanted": True}, STAFF),
    "writeReadyText": (
        lambda w: {"agencyId": gid(Agency.objects.get(country=w.country)), **TEXT},
        all_but(NO, officer_FR=OK),
    ),
    "removeReadyText": (
        lambda w: {"readyTextId": gid(text(w))},
        all_but(HIDDEN, officer_FR=OK, viewer_FR=NO),
    ),
}
