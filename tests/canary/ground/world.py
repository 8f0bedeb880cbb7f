"""Three countries, two schools each, two workspaces and an archived one, every kind of thing, twelve actors."""

from datetime import date, timedelta
from typing import Any

from backend.accounts.actions import create_token
from backend.accounts.actions.profile import answer_information
from backend.accounts.models import Person
from backend.accounts.sessions import SessionStore
from backend.agencies.actions import reject_school, reject_teacher, request_information
from backend.core import clock
from backend.labels.actions.assessing import assess_label, declare_conflict, open_label_evidence
from backend.labels.actions.drafting import save_label_draft
from backend.labels.actions.european import award_european_label, nominate_for_european_label
from backend.library.actions import archive_library_entry
from backend.moderation.actions.help import answer_help
from backend.moderation.actions.looks import look_inside
from backend.moderation.actions.reports import escalate_report, open_report
from backend.moderation.actions.sanctions import appeal_decision
from backend.monitoring.actions import publish_statistics, withdraw_statistics
from backend.monitoring.statistics import Period
from backend.partners.actions import block_person, post_announcement, request_contact, send_message
from backend.partners.models import ContactRequest
from backend.projects.actions.approval import request_project_changes
from backend.projects.actions.commenting import comment_project
from backend.projects.actions.conversation import send_project_message
from backend.projects.actions.ending import archive_project, close_project
from backend.projects.actions.handing import hand_over_project
from backend.projects.actions.partners import answer_invitation, invite_partner, leave_project
from backend.schools.actions import join_school
from backend.schools.models import School, SchoolState
from backend.workspaces.actions import home, members, roles
from backend.workspaces.models import Workspace
from tests.canary.ground.content import fill, project_of
from tests.canary.ground.details import details
from tests.canary.ground.office import office
from tests.factories import labels, library, moderation
from tests.factories.people import SchoolFactory, central, newcomer, officer, teacher
from tests.factories.projects import contacts, project, workspace

ACTORS = (
    "visitor", "unvalidated", "rejected", "teacher_in", "teacher_out", "teacher_removed",
    "pupil_in", "pupil_elsewhere", "pupil_archived", "officer_own", "officer_other", "central",
)  # fmt: skip
ROOMS = {"A": ("FR", "PL"), "B": ("DE", "PL"), "C": ("FR", "DE")}
PLANNED: dict[str, Any] = {
    "competences": ["DIGITAL"], "pupil_count": 40, "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 1),
}  # fmt: skip
PERIOD = Period(date(2026, 1, 1), date(2026, 6, 30))


class World:
    """`names` says of things by their key what they are called in the policy; the rest follows from what they hang on."""

    def __init__(self) -> None:
        self.names: dict[Any, str] = {}
        self.kinds: dict[Any, str] = {}
        self.people: dict[str, Person] = {}
        self.rooms: dict[str, Workspace] = {}
        self._schools()
        self._staff()
        for letter, sides in ROOMS.items():
            self._room(letter, sides)
        self._partners_of_a()
        self._projects()
        self._between_people()
        self._labels()
        self._moderation()
        self._library_and_figures()
        office(self)
        details(self)
        self._endings()
        self.actors = {name: self._actor(name) for name in ACTORS}

    def named(self, thing: Any, name: str) -> Any:
        self.names[thing.pk], self.kinds[thing.pk] = name, type(thing).__name__
        if isinstance(thing, Person):
            self.people[name] = thing
        return thing

    def key(self, name: str, kind: str = "") -> Any:
        """Of what is called so in the policy; of this kind, where several are."""
        return next(key for key, called in self.names.items() if called == name and self.kinds[key].startswith(kind))

    def _actor(self, name: str) -> Person | None:
        return Person.objects.get(pk=self.people[name].pk) if name in self.people else None

    def _schools(self) -> None:
        self.schools: dict[str, School] = {}
        for country in ("FR", "PL", "DE"):
            for number in ("1", "2"):
                school = SchoolFactory(country_id=country)
                self.schools[country + number] = self.named(school, country + number)

    def _staff(self) -> None:
        self.named(newcomer("FR", school=self.schools["FR2"]), "unvalidated")
        self.named(newcomer("FR", school=self.schools["FR2"]), "rejected")
        self.named(teacher("FR", school=self.schools["FR2"]), "teacher_out")
        self.named(teacher("FR", school=self.schools["FR2"]), "teacher_removed")
        self.named(officer("FR"), "officer_own")
        self.named(officer("DE"), "officer_other")
        self.named(central(), "central")
        for country in ("FR", "PL", "DE"):
            self.named(officer(country, role="LEAD"), f"lead {country}")
        for name in ("unvalidated", "rejected", "teacher_out"):
            create_token(self.people[name], name="Portal", days=5)
        officer_own = self.people["officer_own"]
        unvalidated = request_information(self.people["unvalidated"], actor=officer_own, question="Which school?")
        unvalidated = answer_information(unvalidated, actor=unvalidated, answer="The one by the river")
        request_information(unvalidated, actor=officer_own, question="Since when?")
        reject_teacher(self.people["rejected"], actor=officer_own, reason="No")
        proposed = SchoolFactory(country_id="FR", state=SchoolState.PROPOSED, proposed_by=self.people["unvalidated"])
        self.named(proposed, "FR proposed")
        refused = SchoolFactory(country_id="DE", state=SchoolState.PROPOSED)
        self.named(reject_school(refused, actor=self.people["officer_other"], reason="No"), "DE rejected")
        join_school(self.schools["FR1"], actor=self.people["teacher_out"])

    def _room(self, letter: str, sides: tuple[str, str]) -> None:
        number = "2" if letter == "B" else "1"
        one, other = (teacher(side, school=self.schools[side + number]) for side in sides)
        self.named(one, "teacher_in" if letter == "A" else f"one of {letter}")
        self.named(other, f"other of {letter}")
        room = self.named(workspace(founders=(one, other), title=f"Project {letter}", **PLANNED), letter)
        self.named(
            ContactRequest.objects.between(one, other).get(),
            f"{'in' if letter == 'A' else 'one of ' + letter} and other of {letter}",
        )
        self.rooms[letter] = room
        self.named(project_of(room), letter)
        cards = members.add_pupils(room, actor=one, given_names=["Lina", "Hugo", "Ben"])
        pupil, helper, gone = (card.membership for card in cards)
        self.named(pupil.person, {"A": "pupil_in", "B": "pupil_elsewhere", "C": "pupil_archived"}[letter])
        self.named(helper.person, f"helper in {letter}")
        self.named(gone.person, f"gone from {letter}")
        roles.set_member_role(helper, actor=one, role="PUPIL_ADMINISTRATOR")
        setattr(self, f"content_{letter}", fill(room, founder=one, pupil=pupil))
        members.remove_pupil(gone, actor=one)
        for person in (one, other):
            create_token(person, name="Portal", days=5)

    def _partners_of_a(self) -> None:
        """In A: somebody who left, a guest, somebody invited, and a hand-over that waits."""
        room, founder = self.rooms["A"], self.people["teacher_in"]
        self.named(teacher("FR", school=self.schools["FR1"]), "partner of A")
        self.named(teacher("PL", school=self.schools["PL2"]), "invited to A")
        self.named(teacher("FR", school=self.schools["FR1"]), "guest in A")
        for name in ("teacher_removed", "partner of A", "invited to A", "guest in A"):
            contacts(founder, self.people[name])
            self.named(ContactRequest.objects.get(sender=founder, recipient=self.people[name]), f"in and {name}")
        for name in ("teacher_removed", "partner of A"):
            member = invite_partner(project_of(room), actor=founder, person=self.people[name])
            answer_invitation(member, actor=self.people[name], accepts=True)
        leave_project(project_of(room), actor=self.people["teacher_removed"])
        invite_partner(project_of(room), actor=founder, person=self.people["invited to A"])
        until = clock.now() + timedelta(days=3)
        roles.invite_guest(room, actor=founder, person=self.people["guest in A"], until=until)
        taker = project_of(room).members.get(person=self.people["partner of A"])
        self.named(hand_over_project(project_of(room), actor=founder, taker=taker), "A")
        comment_project(project_of(room), actor=founder, text="Hm", about="aims")
        send_project_message(project_of(room), actor=founder, text="Hello all")
        home.open_home(Workspace.objects.get(pk=self.rooms["B"].pk), actor=self.people["one of B"], is_public=True)

    def _projects(self) -> None:
        """Not open yet: of A's founders a draft, one sent to the agencies, one sent back; of B's a draft."""
        of_a = (self.people["teacher_in"], self.people["other of A"])
        of_b = (self.people["one of B"], self.people["other of B"])
        self.named(project(founders=of_a, title="Draft"), "A draft")
        self.named(project("PENDING_APPROVAL", founders=of_a, title="Sent"), "A sent")
        back = project("PENDING_APPROVAL", founders=of_a, title="Back")
        self.named(request_project_changes(back, actor=self.people["officer_own"], side="FR", comment="More"), "A back")
        self.named(project(founders=of_b, title="Draft"), "B draft")

    def _between_people(self) -> None:
        one, other, out = (self.people[name] for name in ("teacher_in", "one of B", "teacher_out"))
        self.named(request_contact(out, actor=one, note="Hello"), "in to out")
        contacts(other, self.people["other of A"])
        self.named(block_person(self.people["other of C"], actor=one), "by in")
        message = send_message(self.people["other of A"], actor=one, text="Hello")
        self.named(message.conversation, "in and other of A")
        message = send_message(self.people["other of A"], actor=other, text="Hello")
        self.named(message.conversation, "one of B and other of A")
        for name in ("teacher_in", "teacher_out", "one of B", "other of C"):
            self.named(post_announcement(actor=self.people[name], title="Songs", text="Who?"), f"by {name}")

    def _labels(self) -> None:
        of_a, of_b = project_of(self.rooms["A"]), project_of(self.rooms["B"])
        _, post, file, page = self.content_A  # type: ignore[attr-defined]
        applied = labels.application(of_a, applicant=self.people["teacher_in"], evidence=[post, file, page])
        declare_conflict(applied, actor=self.people["lead FR"])
        open_label_evidence(applied, actor=self.people["officer_own"])
        self.opened = {("officer_own", file.pk)}  # by who assesses what it is shown for
        self.named(assess_label(applied, actor=self.people["officer_own"], points=labels.FULL, feedback="Fine"), "of A")
        save_label_draft(of_a, actor=self.people["teacher_in"], answers=labels.ANSWERS, evidence=[post])
        for name in ("one of B", "other of B"):
            self.named(labels.awarded(labels.application(of_b, applicant=self.people[name])), f"by {name}")
        nominate_for_european_label(of_b, actor=self.people["officer_other"])
        award_european_label(of_b, actor=self.people["central"], reason="Fine")

    def _moderation(self) -> None:
        out, own = self.people["teacher_out"], self.people["officer_own"]
        for letter in ("A", "B"):
            _, post, _, _ = getattr(self, f"content_{letter}")
            pupil = self.people["pupil_in" if letter == "A" else "pupil_elsewhere"]
            made = moderation.report(post, actor=pupil, note="Look")
            self.named(made, f"on {letter}")
            by = own if letter == "A" else self.people["officer_other"]
            open_report(made, actor=by, reason="It was reported")
            escalate_report(made, actor=by, reason="It is hard to say")
            look_inside(project_of(self.rooms[letter]), actor=by, reason="To see")
        sanction = self.named(moderation.sanction(out, "WARNING", by=own), "on out")
        self.named(sanction.report, "on out")
        self.named(sanction.report.reporter, "reporter")
        self.named(appeal_decision(sanction, actor=out, text="Why?"), "on out")
        asked = self.named(moderation.help_request(actor=out), "by out")
        answer_help(asked, actor=own, text="So")
        self.named(moderation.help_request(actor=self.people["one of B"]), "by one of B")

    def _library_and_figures(self) -> None:
        for name in ("officer_own", "officer_other", "central"):
            self.named(library.entry(actor=self.people[name]), f"draft of {name}")
            self.named(library.kit(actor=self.people[name], competences=["DIGITAL"]), f"of {name}")
            old = library.published(actor=self.people[name])
            self.named(archive_library_entry(old, actor=self.people[name]), f"archived of {name}")
        for country, name in (("FR", "officer_own"), ("DE", "officer_other")):
            old = publish_statistics(country, actor=self.people[name], period=PERIOD)
            self.named(withdraw_statistics(old, actor=self.people[name]), f"withdrawn of {country}")
            self.named(publish_statistics(country, actor=self.people[name], period=PERIOD), f"of {country}")

    def _endings(self) -> None:
        """C is closed and put away; everybody has a session."""
        archive_project(close_project(project_of(self.rooms["C"]), actor=self.people["one of C"]),
                        actor=self.people["one of C"])  # fmt: skip
        for person in self.people.values():
            session = SessionStore()
            session["_auth_user_id"] = str(person.pk)
            session["browser"] = "Firefox"
            session.save()
