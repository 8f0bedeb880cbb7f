"""One workspace (FR and PL), what is around it, one of everybody, and how expectations are written."""

from collections.abc import Callable
from typing import Any

from backend.accounts.models import Person, PersonState
from backend.partners.actions import request_contact
from backend.projects.actions.drafting import draft_project
from backend.projects.actions.ending import archive_project, close_project
from backend.projects.actions.partners import answer_invitation, invite_partner, leave_project
from backend.schools.models import SchoolState
from backend.workspaces.actions.discussions import add_post, open_discussion, start_thread
from backend.workspaces.models import WorkspaceMembership
from tests.factories.people import SchoolFactory, central, newcomer, officer, teacher
from tests.factories.projects import TEXT, contacts, project, pupil, workspace
from tests.support.trial import OK

ABSENT = "UHJvamVjdDowMTkwMDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDA="

NO, HIDDEN, VISITOR, WAITS = "not_permitted", "not_found", "not_signed_in", "person_not_validated"
OFFICERS = ("officer FR", "viewer FR", "officer DE", "central")


class World:
    """One workspace of two countries, what is around it, and one of everybody of the first."""

    def __init__(self, country: str = "FR", other_country: str = "PL", third: str = "DE") -> None:
        self.country = country
        self.founder, self.other = teacher(country), teacher(other_country)
        self.room = workspace(founders=(self.founder, self.other))
        self.project = self.room.project
        self.pupil, self.outsider, self.desk = pupil(self.room, actor=self.founder), teacher(country), officer(country)
        self.people: dict[str, Person | None] = {
            "visitor": None,
            "newcomer": newcomer(country),
            "rejected": newcomer(country, state=PersonState.REJECTED),
            "outsider": self.outsider,
            "left": self._who_left(),
            "founder": self.founder,
            "other": self.other,
            "pupil": self.pupil,
            "pupil elsewhere": self._pupil_elsewhere(third),
            "pupil archived": self._pupil_elsewhere(third, is_archived=True),
            "officer FR": self.desk,
            "viewer FR": officer(country, role="VIEWER"),
            "officer DE": officer(third),
            "central": central(),
        }
        self._around()

    def _pupil_elsewhere(self, country: str, *, is_archived: bool = False) -> Person:
        away = workspace(founders=(teacher(country), teacher("IT")), title="Bridges")
        founder = away.project.founders[0].person
        child = pupil(away, actor=founder)
        if is_archived:
            archive_project(close_project(away.project, actor=founder), actor=founder)
        return child

    def _who_left(self) -> Person:
        person = teacher(self.country)
        contacts(self.founder, person)
        member = invite_partner(self.project, actor=self.founder, person=person)
        answer_invitation(member, actor=person, accepts=True)
        leave_project(self.project, actor=person)
        return person

    def _around(self) -> None:
        founder, other = self.founder, self.other
        self.discussion = open_discussion(self.room, actor=founder, title="Rivers")
        self.thread = start_thread(self.discussion, actor=founder, title="Hello", text="Who?")
        self.post = add_post(self.thread, actor=founder, text="Me")
        self.waiting = newcomer(self.country, given_name="Waiting")
        self.school = SchoolFactory(country_id=self.country, state=SchoolState.PROPOSED, proposed_by=self.waiting)
        self.candidate = teacher("ES")
        contacts(founder, self.candidate)
        self.request = request_contact(teacher("PL"), actor=self.candidate)
        self.pending = project("PENDING_APPROVAL", founders=(founder, other), title="Pending")
        self.sent = project("PENDING_PARTNER", founders=(founder, other), title="Sent")
        self.draft = draft_project(actor=founder, partner=other, title="Draft", **TEXT)
        self.invitation = invite_partner(self.project, actor=founder, person=self.candidate)
        self.membership = WorkspaceMembership.objects.get(person=self.pupil)


# Who is treated like whom, where a row says nothing else.
LIKE = {"rejected": "newcomer", "left": "outsider", "pupil archived": "pupil elsewhere"}


def for_all(row: dict[str, str]) -> dict[str, str]:
    return {name: row[like] for name, like in LIKE.items()} | row


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
