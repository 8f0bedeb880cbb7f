"""What everybody sends so that each type that only mutations give is answered: by mutation and place."""

from collections.abc import Callable
from typing import Any

from strawberry.relay.utils import to_base64

from backend.accounts.actions.second_factor import set_up_second_factor
from backend.accounts.letters import reset_token
from backend.accounts.models import Person, PersonState
from backend.accounts.registration import confirmation_token
from backend.accounts.second_factor import challenge, device_to_confirm
from backend.agencies.actions import appoint_officer
from backend.agencies.invitations import invitation_token
from backend.agencies.models import Agency
from backend.core.models import NOBODY
from backend.moderation.letters import appeal_token
from backend.workspaces.models import WorkspaceMembership
from tests.canary.canary import Canary
from tests.factories import moderation
from tests.factories.people import PASSWORD, PersonFactory, password_hash
from tests.support.codes import code_of, fresh_code

Given = Callable[["Sender"], dict[str, Any]]
NEW = "a-quieter-harbour"


class Sender:
    """An actor, who writes the input of a mutation; whatever it needs is made in a world that is put back."""

    def __init__(self, canary: Canary, person: Person | None) -> None:
        self.canary = canary
        self.person = Person.objects.get(pk=person.pk) if person else None

    def known(self, name: str) -> Person:
        return Person.objects.get(pk=self.canary.world.people[name].pk)

    def id(self, kind: str, place: str) -> str:
        """The first thing of this kind and place."""
        keys = (key for (each, key), at in self.canary.places.items() if (each, at) == (kind, place))
        return to_base64(kind, next(keys))

    def marked(self, row: Any) -> Any:
        """The row, with a canary in all its texts."""
        self.canary.marks.add(type(row)._base_manager.get(pk=row.pk))
        return type(row)._base_manager.get(pk=row.pk)

    def own(self, names: str) -> list[str]:
        """The ids of what is the sender's, by the name of the relation."""
        rows = getattr(self.person, names).all() if self.person else ()
        return [to_base64(type(row).__name__, str(row.pk)) for row in rows]

    @property
    def login(self) -> str:
        return self.person.login if self.person else "nobody"

    @property
    def code(self) -> str:
        return fresh_code(self.login)


def _invited(by: Sender) -> dict[str, Any]:
    given = {"email": "new@agency.example", "given_name": "Lou", "family_name": "Petit"}
    agency = Agency.objects.get(country="FR")
    person = appoint_officer(agency, actor=by.known("lead FR"), role="OFFICER", **given).person
    return {"token": invitation_token(by.marked(person)), "password": NEW}


def _unconfirmed(by: Sender) -> dict[str, Any]:
    return {"token": confirmation_token(by.marked(PersonFactory(state=PersonState.EMAIL_UNCONFIRMED)))}


def _warned(by: Sender) -> dict[str, Any]:
    made = moderation.sanction(by.known("partner of A"), "WARNING", by=by.known("officer_own"))
    return {"token": appeal_token(by.marked(made)), "text": "Why?"}


def _agreed(by: Sender) -> dict[str, Any]:
    """Parents agreed to tools of other hosts."""
    for member in WorkspaceMembership.objects.filter(workspace=by.canary.world.rooms["A"], role__startswith="PUPIL"):
        member.consents.update_or_create(kind="EXTERNAL_TOOL", defaults={"is_given": True})
    return {"meetingId": by.id("Meeting", "A")}


def _pupils_words(by: Sender) -> dict[str, Any]:
    Person.objects.filter(kind="PUPIL").update(password=password_hash())
    return {"userName": by.login, "words": PASSWORD, "wantToken": True}


def _scanned(by: Sender) -> dict[str, Any]:
    """A second factor is set up, and to be confirmed by a code."""
    if by.person is None or by.person.kind == "PUPIL" or by.code:
        return {"code": "000000"}
    set_up_second_factor(by.person)
    device = device_to_confirm(by.person)
    assert device
    return {"code": code_of(device)}


def _pupil(letter: str, name: str) -> Given:
    return lambda by: {"membershipId": by.id("WorkspaceMembership", f"{letter} {name}")}


FORM = {
    "email": "new@example.org", "password": NEW, "country": "FR", "consents": True, "givenName": "Lou",
    "familyName": "Petit",
}  # fmt: skip

TRIES: dict[str, Given] = {
    # to whoever has the link of a letter, or asks for one
    "appealByLink partner of A": _warned,
    "appealByLink made up": lambda by: {"token": "made up", "text": "Why?"},
    "acceptAppointment by lead FR": _invited,
    "acceptAppointment made up": lambda by: {"token": "made up", "password": NEW},
    "registerTeacher new": lambda by: FORM,
    "registerTeacher teacher_out": lambda by: {**FORM, "email": by.known("teacher_out").email},
    "confirmEmail new": _unconfirmed,
    "confirmEmail made up": lambda by: {"token": "made up"},
    "requestPasswordReset teacher_out": lambda by: {"email": by.known("teacher_out").email},
    "resetPassword teacher_out": lambda by: {"token": reset_token(by.known("teacher_out")), "password": NEW},
    # of one's own
    "login own": lambda by: {"login": by.login, "password": PASSWORD, "wantToken": True},
    "login guess": lambda by: {"login": by.known("teacher_out").login, "password": "a guess of mine"},
    "login officer_own": lambda by: {"login": by.known("officer_own").login, "password": PASSWORD},
    "confirmSecondFactor own": lambda by: {
        "challenge": challenge(by.person, wants_token=True) if by.person else "made up",
        "code": by.code or "000000",
    },
    "pupilLogin own": _pupils_words,
    "logout own": lambda by: {},
    "changeEmail own": lambda by: {"email": "new@school.example", "currentPassword": PASSWORD},
    "changePassword own": lambda by: {"currentPassword": PASSWORD, "newPassword": NEW},
    "createToken own": lambda by: {"name": "Mine", "days": 5},
    "setUpSecondFactor own": lambda by: {},
    "activateSecondFactor own": _scanned,
    "renewRecoveryCodes own": lambda by: {"code": by.code or "000000"},
    "exportMyData own": lambda by: {},
    "setMailingConsent own": lambda by: {"wanted": True},
    "markNotificationsRead own": lambda by: {"notificationIds": by.own("notifications")},
    # of pupils
    "addPupils A": lambda by: {"workspaceId": by.id("Workspace", "A"), "givenNames": ["Zoe"]},
    "addPupils B": lambda by: {"workspaceId": by.id("Workspace", "B"), "givenNames": ["Zoe"]},
    "importPupils A": lambda by: {"workspaceId": by.id("Workspace", "A"), "list": "given_name\nZoe"},
    "resetPupilPassword A": _pupil("A", "pupil_in"),
    "resetPupilPassword B": _pupil("B", "pupil_elsewhere"),
    "resetPupilPassword C": _pupil("C", "pupil_archived"),
    "exportMyData A": lambda by: {"pupilId": to_base64("Person", str(by.known("pupil_in").pk))},
    "exportMyData B": lambda by: {"pupilId": to_base64("Person", str(by.known("pupil_elsewhere").pk))},
    # of rooms
    "joinMeeting A": lambda by: {"meetingId": by.id("Meeting", "A")},
    "joinMeeting A agreed": _agreed,
    "joinMeeting A staff": lambda by: {"meetingId": by.id("Meeting", "A staff")},
    "joinMeeting B": lambda by: {"meetingId": by.id("Meeting", "B")},
    "exportChatLog A": lambda by: {"roomId": by.id("ChatRoom", "A")},
    "exportChatLog A staff": lambda by: {"roomId": by.id("ChatRoom", "A staff")},
    "exportChatLog B": lambda by: {"roomId": by.id("ChatRoom", "B")},
    "exportChatLog C": lambda by: {"roomId": by.id("ChatRoom", "C")},
    # of offices
    "validateTeachers unvalidated": lambda by: {"teacherIds": [by.id("Person", "unvalidated")], "reason": "why"},
    "validateTeachers nobody": lambda by: {"teacherIds": [to_base64("Person", str(NOBODY))], "reason": "why"},
    "releaseCase FR": lambda by: {"queue": "PEOPLE", "caseId": by.id("Person", "unvalidated")},
    "removeReadyText FR": lambda by: {"readyTextId": by.id("ReadyText", "FR")},
    "removeMailingAudience FR": lambda by: {"audienceId": by.id("MailingAudience", "FR")},
}
