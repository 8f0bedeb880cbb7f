"""Everybody keeps their own password, sessions, tokens and consent."""

from backend.accounts.actions import create_token
from backend.accounts.permissions import CONSENT_VERSION
from tests.factories.people import PASSWORD
from tests.permissions.world import HIDDEN, NO, OK, Row, all_but
from tests.support.api import gid

NEW = "a-quieter-harbour"
ADULTS = all_but(OK, pupil=NO, pupil_elsewhere=NO)

TABLE: dict[str, Row] = {
    "changePassword": (lambda w: {"currentPassword": PASSWORD, "newPassword": NEW}, ADULTS),
    "createToken": (lambda w: {"name": "Portal", "days": 5}, ADULTS),
    "revokeToken": (
        lambda w: {"tokenId": gid(create_token(w.founder, name="Portal", days=5)[0])},
        all_but(HIDDEN, founder=OK),
    ),
    "endSession": (lambda w: {"sessionId": "somebody else's"}, all_but(HIDDEN)),
    "acceptConsent": (
        lambda w: {"version": CONSENT_VERSION},
        all_but("consent_given"),
    ),
}
