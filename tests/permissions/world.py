"""One workspace (FR and PL), what is around it, one of everybody, and how expectations are written."""

from collections.abc import Callable
from typing import Any

from backend.accounts.models import Person
from backend.partners.actions import request_contact
from backend.projects.actions.drafting import draft_project
from backend.projects.actions.partners import invite_partner
from backend.schools.models import SchoolState
from backend.workspaces.actions.discussions import add_post, open_discussion, start_thread
from backend.workspaces.models import WorkspaceMembership
from tests.factories.people import SchoolFactory, central, newcomer, officer, teacher
from tests.factories.projects import TEXT, contacts, project, pupil, workspace

ABSENT = "UHJvamVjdDowMTkwMDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDA="
OK = "ok"
NO, HIDDEN, VISITOR, WAITS = "not_permitted", "not_found", "not_signed_in", "person_not_validated"
OFFICERS = ("officer FR", "viewer FR", "officer DE", "central")


class World:
    """One workspace (FR and PL), what is around it, and one of everybody."""

    def __init__(self) -> None:
        self.room = workspace()
        self.project = self.room.project
        founder, other = (m.person for m in self.project.founders)
        away = workspace(founders=(teacher("DE"), teacher("IT")), title="Bridges")
        self.people: dict[str, Person | None] = {
            "visitor": None,
            "newcomer": newcomer("FR"),
            "outsider": teacher("FR"),
            "founder": founder,
            "other": other,
            "pupil": pupil(self.room, actor=founder),
            "pupil elsewhere": pupil(away, actor=away.project.founders[0].person),
            "officer FR": officer("FR"),
            "viewer FR": officer("FR", role="VIEWER"),
            "officer DE": officer("DE"),
            "central": central(),
        }
        self.founder, self.other = founder, other
        self.discussion = open_discussion(self.room, actor=founder, title="Rivers")
        self.thread = start_thread(self.discussion, actor=founder, title="Hello", text="Who?")
        self.post = add_post(self.thread, actor=founder, text="Me")
        self.waiting = newcomer("FR", given_name="Waiting")
        self.school = SchoolFactory(country_id="FR", state=SchoolState.PROPOSED, proposed_by=self.waiting)
        self.candidate = teacher("ES")
        contacts(founder, self.candidate)
        self.request = request_contact(teacher("PL"), actor=self.candidate)
        self.pending = project("PENDING_APPROVAL", founders=(founder, other), title="Pending")
        self.sent = project("PENDING_PARTNER", founders=(founder, other), title="Sent")
        self.draft = draft_project(actor=founder, partner=other, title="Draft", **TEXT)
        self.invitation = invite_partner(self.project, actor=founder, person=self.candidate)
        self.membership = WorkspaceMembership.objects.get(person=self.people["pupil"])


def all_but(default: str, **others: str) -> dict[str, str]:
    """What everybody gets, with the exceptions; names with a blank are written with an underscore."""
    table = dict.fromkeys(("newcomer", "outsider", "founder", "other", "pupil", "pupil elsewhere", *OFFICERS), default)
    return {"visitor": VISITOR, **table, **{name.replace("_", " "): code for name, code in others.items()}}


def in_room(**others: str) -> dict[str, str]:
    """A thing inside the workspace: hidden from everybody outside."""
    return all_but(HIDDEN, founder=OK, other=OK, pupil=OK) | {k.replace("_", " "): v for k, v in others.items()}


# Each mutation: its input, and what every actor gets.
Row = tuple[Callable[[World], dict[str, Any]], dict[str, str]]
BY_AGENCY = all_but(HIDDEN, founder=NO, other=NO, outsider=NO, officer_FR=OK, viewer_FR=NO, central=OK)
PERSON = all_but(HIDDEN, officer_FR=OK, viewer_FR=NO, central=OK)
DECIDE = all_but(HIDDEN, founder=NO, other=NO, officer_FR=OK, viewer_FR=NO, central=OK)
FOUNDERS = all_but(HIDDEN, founder=OK, other=OK, officer_FR=NO, viewer_FR=NO, central=NO)
DRAFTED = all_but(HIDDEN, founder=OK, other=OK)
ON_OPEN = all_but(HIDDEN, founder=OK, other=OK, outsider=NO, pupil=NO, officer_FR=NO, viewer_FR=NO, central=NO)
STAFF = in_room(pupil=NO)
