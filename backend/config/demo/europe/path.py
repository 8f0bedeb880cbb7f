"""One project on its way: every step changes the rows as its rule does, and says so in the chronicle."""

from datetime import date, datetime, timedelta
from typing import Any

from backend.accounts.models import Person
from backend.config.demo.europe.schools import TARGET
from backend.config.demo.ground.storing import know
from backend.config.demo.ground.texts import Theme, lands, phrases
from backend.config.demo.ground.world import World
from backend.core import clock
from backend.eventlog.facts import Fact
from backend.projects import events
from backend.projects.actions.drafting import ANSWER_DAYS
from backend.projects.models import (
    Decision,
    Outcome,
    Project,
    ProjectMember,
    ProjectMemberState,
    ProjectRole,
    ProjectState,
    ProjectVersion,
)
from backend.projects.text import search_text_of, text_of


class ProjectPath:
    """A draft of two founders, then step by step."""

    def __init__(
        self, world: World, founders: tuple[Person, Person], theme: Theme, start: datetime, end: datetime
    ) -> None:
        self.world, self.start, self.end, self.at = world, start, end, start
        self.opened_at, self.was_opened = end, False
        self.one, self.other = founders
        self.towns = {"a": _town(self.one), "b": _town(self.other)}
        self.project = Project(**world.dated(start), title=self._title(theme), state_since=start)
        self.members: list[ProjectMember] = []
        self.decisions: list[Decision] = []
        world.add(self.project)
        know(self.project, "members", self.members)
        know(self.project, "decisions", self.decisions)
        for position, person in enumerate(founders, start=1):
            self.add_member(person, ProjectRole.FOUNDER, founder_position=position, is_administrator=True)
        self._write(theme)
        self.tell(events.ProjectDrafted(self.project), self.one)

    def to(self, part: float) -> None:
        """Go on to this part of the time between first and last step."""
        self.at = self.world.awake(self.start + (self.end - self.start) * part)

    def add_member(self, person: Person, role: ProjectRole, **values: Any) -> ProjectMember:
        assert person.school
        values.setdefault("state", ProjectMemberState.JOINED)
        member = ProjectMember(
            **self.world.dated(self.at), project=self.project, person=person, school=person.school,
            country_id=person.school.country_id, role=role, **values,
        )  # fmt: skip
        self.members.append(member)
        return self.world.add(member)  # type: ignore[no-any-return]

    def tell(self, fact: Fact, actor: Person | None) -> None:
        self.world.tell(fact, actor, self.at)

    def be(self, state: ProjectState, comment: str = "") -> None:
        self.project.state, self.project.state_since, self.project.state_comment = state, self.at, comment
        self.project.updated_at = self.at

    def close(self) -> None:
        self.be(ProjectState.CLOSED)
        self.tell(events.ProjectClosed(self.project), self.one)

    def archive(self) -> None:
        self.be(ProjectState.ARCHIVED)
        self.tell(events.ProjectArchived(self.project), self.other)

    def submit(self) -> None:
        self.project.submitted_by = self.one
        self.be(ProjectState.PENDING_PARTNER)
        self.project.answer_due_at = clock.after_working_days(self.at, ANSWER_DAYS)
        self.tell(events.ProjectSubmitted(self.project), self.one)

    def accept(self) -> None:
        self.tell(events.ProjectAccepted(self.project), self.other)
        self.ask_agencies()

    def ask_agencies(self) -> None:
        self.be(ProjectState.PENDING_APPROVAL)
        self.project.round += 1
        for country in sorted(self.project.founder_countries):
            decision = Decision(
                **self.world.dated(self.at), project=self.project, round=self.project.round,
                country_id=country, due_at=clock.after_working_days(self.at, TARGET),
            )  # fmt: skip
            self.decisions.append(self.world.add(decision))

    def decide(self, side: str, outcome: Outcome, fact: type[events.ProjectDecided], comment: str) -> None:
        officer = self.world.pick(self.world.officers[side])
        decision = next(d for d in self.project.current_decisions if d.country_id == side)
        decision.outcome, decision.decided_by, decision.decided_at = outcome, officer, self.at
        decision.comment, decision.updated_at = comment, self.at
        self.tell(fact(self.project, side), officer)

    def approve(self, side: str) -> None:
        self.decide(side, Outcome.APPROVED, events.ProjectApproved, self.world.pick(phrases()["approvals"]))

    def send_back(self, side: str) -> None:
        comment = self.world.pick(phrases()["changes"])
        self.decide(side, Outcome.CHANGES_REQUESTED, events.ProjectChangesRequested, comment)
        self.be(ProjectState.CHANGES_REQUESTED, comment)

    def resubmit(self) -> None:
        self.project.submitted_by = self.other
        self.tell(events.ProjectSubmitted(self.project), self.other)
        self.ask_agencies()

    def refuse(self, side: str) -> None:
        comment = self.world.pick(phrases()["refusals"])
        self.decide(side, Outcome.REFUSED, events.ProjectRefused, comment)
        self.be(ProjectState.REFUSED, comment)

    def decline(self) -> None:
        self.be(ProjectState.DECLINED_BY_PARTNER, self.world.pick(phrases()["declines"]))
        self.tell(events.ProjectDeclined(self.project), self.other)

    def withdraw(self) -> None:
        self.be(ProjectState.WITHDRAWN)
        self.tell(events.ProjectWithdrawn(self.project), self.one)

    def open(self) -> None:
        self.be(ProjectState.OPEN)
        self.opened_at, self.was_opened = self.at, True
        self.tell(events.ProjectOpened(self.project), None)

    def edit(self, author: Person) -> None:
        """The second version says how."""
        project, world, words = self.project, self.world, phrases()
        project.process, project.results = world.pick(words["process"]), world.pick(words["results"])
        project.tools, project.pupil_count = world.pick(words["tools"]), world.chance.randrange(20, 90, 2)
        project.starts_on = _first_of_month(self.end + timedelta(days=40))
        project.ends_on = _first_of_month(self.end + timedelta(days=world.chance.randint(150, 330)))
        self._keep_version(project.version + 1, author)
        self.tell(events.ProjectEdited(project), author)

    def _write(self, theme: Theme) -> None:
        """The first version says what it is about."""
        project, spoken = self.project, [_language(self.one), _language(self.other)]
        project.summary, project.aims = theme.summary.format(**self.towns), theme.aims
        project.search_text = search_text_of(project.title, project.summary)
        project.ages_from, project.ages_to = theme.ages
        languages = sorted({theme.language, "en", *self.world.some(spoken, 0, 2)})
        for name, codes in (
            ("languages", languages),
            ("subjects", theme.subjects),
            ("competences", theme.competences),
        ):
            self.world.link(project, name, codes)
        self._keep_version(1, self.one)

    def _title(self, theme: Theme) -> str:
        title = self.world.pick(theme.titles).format(**self.towns)
        if any(town in title for town in self.towns.values()) or self.world.happens(0.25):
            return title
        towns = f"{self.towns['a']} – {self.towns['b']}"
        return f"{title} ({towns})" if title[-1] in "!?" else f"{title}: {towns}"

    def _keep_version(self, number: int, author: Person) -> None:
        project = self.project
        project.version, project.updated_at = number, self.at
        dated = self.world.dated(self.at)
        version = ProjectVersion(**dated, project=project, number=number, author=author, text=text_of(project))
        self.world.add(version)


def _town(person: Person) -> str:
    return person.school.town if person.school else ""


def _language(person: Person) -> str:
    return lands()[person.country_id or "IE"].languages[0]


def _first_of_month(day: datetime) -> date:
    return day.date().replace(day=1)
