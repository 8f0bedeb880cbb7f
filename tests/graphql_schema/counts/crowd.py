"""A world with more than a hundred of everything that the schema lists."""

from typing import Any

from backend.accounts.models import Person
from backend.agencies.actions import edit_school, name_ambassador
from backend.agencies.models import ReadyText, StandIn
from backend.eventlog.models import Event
from backend.labels.actions.drafting import save_label_draft
from backend.labels.models import LabelNomination
from backend.mailings.models import MailingAudience
from backend.moderation.actions.looks import look_inside
from backend.moderation.actions.reports import decide_report
from backend.moderation.actions.sanctions import appeal_decision
from backend.moderation.models import Look, Sanction
from backend.notifications.models import Notification
from backend.partners.actions import block_person, post_announcement, request_contact, send_message
from backend.projects.actions.commenting import comment_project
from backend.projects.actions.handing import hand_over_project
from backend.projects.actions.partners import answer_invitation, invite_partner
from backend.projects.models import Project, ProjectMember
from backend.workspaces.actions.home import open_home
from backend.workspaces.models import Workspace
from tests.factories.labels import application, assessed
from tests.factories.library import published
from tests.factories.mailings import draft
from tests.factories.moderation import help_request, report
from tests.factories.people import SchoolFactory, newcomer, officer, teacher
from tests.factories.projects import contacts, project
from tests.factories.scene import Scene
from tests.support.copies import children, copies

MANY = 101  # a page of a hundred, and one more that says there is a next page


class Crowd:
    def __init__(self) -> None:
        self.scene = scene = Scene()
        self.room, self.founder, self.other, self.guest = scene.room, scene.founder, scene.other, scene.guest
        self.pupil = scene.pupil.person
        self.desk, self.lead = officer("FR"), officer("FR", role="LEAD")
        person = teacher("FR")
        person.subjects.set(["ART", "MUSIC"])
        person.languages.set(["en", "fr"])
        self.people = copies(person, MANY, login=lambda n: f"p{n}@example.org", email=lambda n: f"p{n}@example.org")
        self.schools, self.projects = copies(SchoolFactory(), MANY), self._projects(self.room.project)
        for fill in (
            self._inside,
            self._workspaces,
            self._partners,
            self._desk,
            self._safety,
            self._labels,
            self._office,
        ):
            fill()
        entry = published(title="Kit")
        children(list(entry.texts.all()), "entry", copies(entry, MANY, slug=lambda n: f"entry-{n}"))
        self._log()

    def _projects(self, first: Project) -> list[Any]:
        made = copies(first, MANY, title=lambda n: f"Project {n}")
        children([*first.members.all(), *first.decisions.all(), *first.versions.all()], "project", made)
        return made

    def _inside(self) -> None:
        scene = self.scene
        thread = copies(scene.thread, MANY)[0]
        for thing in (
            scene.discussion, scene.update, scene.folder, scene.page, scene.activity, scene.meeting, scene.chat,
            scene.message,
        ):  # fmt: skip
            copies(thing, MANY)
        copies(scene.file, MANY, folder_id=scene.folder.pk)
        copies(scene.post, MANY, thread_id=thread.pk)
        self.thread, self.folder = thread, scene.folder
        copies(scene.pupil, MANY, person_id=lambda n: self.people[n].pk)

    def _workspaces(self) -> None:
        rooms: list[Workspace] = copies(self.room, MANY, project_id=lambda n: self.projects[n].pk)
        children(list(self.room.memberships.filter(person=self.founder)), "workspace", rooms)
        open_home(self.room, actor=self.founder, is_public=True)
        Workspace.objects.update(is_public=True)

    def _partners(self) -> None:
        me, people = self.founder, self.people
        partner = teacher("FR")
        contacts(me, partner)
        copies(request_contact(teacher("ES"), actor=me), MANY, recipient_id=lambda n: people[n].pk)
        copies(block_person(teacher("ES"), actor=me), MANY, blocked_id=lambda n: people[n].pk)
        copies(post_announcement(actor=teacher("IT"), title="Songs", text="Who?", subjects=["MUSIC"]), MANY)
        message = send_message(self.other, actor=me, text="Hello")
        copies(message, MANY)
        self.conversation = message.conversation
        pairs = [sorted((me.pk, person.pk)) for person in people]
        talks = copies(message.conversation, MANY, one_id=lambda n: pairs[n][0], other_id=lambda n: pairs[n][1])
        children(list(message.conversation.readings.all()), "conversation", talks)
        copies(comment_project(self.room.project, actor=me, text="Longer?"), MANY)
        joined = answer_invitation(
            invite_partner(self.room.project, actor=me, person=partner), actor=partner, accepts=True
        )
        asked = hand_over_project(self.room.project, actor=me, taker=joined)
        copies(asked, MANY, state="REFUSED", decided_by=self.desk)
        givers = ProjectMember.objects.filter(project__in=self.projects, founder_position=1)
        copies(asked, MANY, giver_id=lambda n: givers[n].pk)

    def _desk(self) -> None:
        copies(SchoolFactory(country_id="FR", state="PROPOSED", proposed_by=self.founder), MANY)
        copies(newcomer("FR"), MANY, login=lambda n: f"n{n}@example.org", email=lambda n: f"n{n}@example.org")
        first = project("PENDING_APPROVAL", founders=(self.founder, self.other), title="Waiting")
        self._projects(first)
        mates = copies(self.desk, MANY, login=lambda n: f"o{n}@example.org", email=lambda n: f"o{n}@example.org")
        copies(self.desk.officer, MANY, person_id=lambda n: mates[n].pk)

    def _safety(self) -> None:
        person, by, reporter = self.founder, officer("FR"), teacher("PL")
        copies(report(person, actor=reporter), MANY, reporter_id=lambda n: self.people[n].pk)
        decided = decide_report(
            report(person, actor=teacher("PL")), actor=by, outcome="WARNING", reason="Please do not."
        )
        sanction = Sanction.objects.get(report=decided)
        appeal = appeal_decision(sanction, actor=person, text="Why?")
        reports = copies(decided, MANY, reporter_id=lambda n: self.people[n].pk)
        sanctions = copies(sanction, MANY, report_id=lambda n: reports[n].pk)
        copies(appeal, MANY, sanction_id=lambda n: sanctions[n].pk)
        look_inside(self.room.project, actor=by, reason="A report")
        copies(Look.objects.get(), MANY)
        self.help = help_request(actor=person)
        copies(self.help, MANY)
        copies(self.help.messages.get(), MANY)

    def _labels(self) -> None:
        applied = assessed(application(self.room.project, evidence=[self.scene.update]))
        children(
            [*applied.answers.all(), *applied.evidence.all(), *applied.assessments.all()], "application",
            copies(applied, MANY, project_id=lambda n: self.projects[n].pk, applicant_id=self.founder.pk),
        )  # fmt: skip
        drafted = save_label_draft(self.room.project, actor=self.founder, answers={"RESULTS": "A map."})
        copies(drafted, MANY, project_id=lambda n: self.projects[n].pk)
        nominated = LabelNomination.objects.create(
            project=self.room.project, country_id="FR", school_year=2026, nominated_by=self.desk
        )
        copies(nominated, MANY, project_id=lambda n: self.projects[n].pk)

    def _office(self) -> None:
        agency = self.desk.officer.agency
        ready = ReadyText.objects.create(agency=agency, use="MESSAGE", language="en", title="Hello", text="Come.")
        copies(ready, MANY, title=lambda n: f"Hello {n}")
        copies(StandIn.objects.create(agency=agency, actor=self.desk, reason="Nobody was there."), MANY)
        kept = MailingAudience.objects.create(agency=agency, name="All")
        copies(kept, MANY, name=lambda n: f"All {n}")
        mailing = draft(self.desk)
        children(list(mailing.texts.all()), "mailing", copies(mailing, MANY))

    def _log(self) -> None:
        self.school = SchoolFactory(country_id="FR")
        edit_school(self.school, actor=self.desk, pupil_count=100)
        self.person = name_ambassador(teacher("FR"), actor=self.desk, is_ambassador=True)
        for thing in (self.school, self.person):
            event = Event.objects.filter(subject_id=thing.pk).latest("pk")
            events = copies(event, MANY)
            children(list(event.countries.all()), "event", events)
        told = Notification.objects.filter(recipient=self.founder).latest("pk")
        copies(told, MANY, event_id=lambda n: events[n].pk)

    def fresh(self, name: str) -> Person:
        """One of the people who ask, as a request would load them."""
        return Person.objects.get(pk=getattr(self, name).pk)
