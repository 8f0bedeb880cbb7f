"""An agency with a bit of everything on its desk, and every page there is of it."""

from dataclasses import dataclass, field
from datetime import date

from backend.accounts.models import Person, PersonState
from backend.agencies.actions import request_information, revoke_teacher, validate_teacher
from backend.core import clock
from backend.desk.actions import save_view
from backend.monitoring.actions import publish_statistics
from backend.monitoring.statistics import Period
from backend.projects.actions.approval import approve_project
from backend.projects.models import Project, ProjectState
from backend.schools.actions import register_school
from backend.schools.models import School
from tests.dashboard.addresses.every import READING, make
from tests.factories.moderation import sanction
from tests.factories.people import PersonFactory, SchoolFactory, central, newcomer, officer, teacher
from tests.factories.projects import follower, hand_over, project, workspace

FILES = {"export", "export_trail"}  # no pages


@dataclass
class World:
    """An agency with a bit of everything on its desk."""

    desk: Person = field(default_factory=lambda: officer("FR", login="lou@example.org", given_name="Lou"))
    central: Person = field(default_factory=lambda: central(login="central@example.org"))
    stranger: Person = field(default_factory=lambda: teacher("FR", login="ana@example.org"))
    person: Person = field(default_factory=lambda: newcomer("FR", given_name="Élodie", family_name="Żak"))
    school: School = field(init=False)
    waiting: Project = field(init=False)
    open: Project = field(init=False)

    def __post_init__(self) -> None:
        SchoolFactory(name="Lycée Victor Hugo", town="Lyon")
        proposing = PersonFactory(state=PersonState.PENDING)
        self.school = register_school(actor=proposing, name="Lycee Victor-Hugo", town="Lyon")
        self.waiting = project(ProjectState.PENDING_APPROVAL, title="Rivers")
        approve_project(self.waiting, actor=officer("PL"), side="PL", comment="A fine plan.")
        self.open = project(ProjectState.OPEN, title="Bridges", founders=(teacher("FR"), teacher("DE")))
        request_information(newcomer("FR"), actor=self.desk, question="Which subject?")
        validate_teacher(newcomer("FR"), actor=self.desk)
        save_view("people", actor=self.desk, name="New", query="state=new", is_shared=True)
        hand_over(workspace(title="Handed over").project)
        self.left = self._left()
        self.suspended = sanction(teacher("FR"), "SUSPENSION").person
        year = clock.now().year
        period = Period(date(year - 2, 9, 1), date(year - 1, 8, 31))
        publish_statistics("FR", actor=officer("FR", role="LEAD"), period=period)
        pages = [(area, page) for area, page in READING if page not in FILES]
        self.every = [make(area, page).removeprefix("/dashboard/") for area, page in pages]

    def _left(self) -> Project:
        """A founder is gone, and a partner could follow."""
        gone = teacher("FR")
        found = workspace(founders=(gone, teacher("DE")), title="Left").project
        follower(found, of=gone)
        revoke_teacher(gone, actor=self.desk, reason="Left the school.")
        return found

    everywhere = (
        "", "queues/people/", "queues/projects/", "partnerships/", "partnerships/matrix/", "monitor/", "statistics/",
        "statistics/report/", "statistics/all/staff/", "exports/", "labels/european/", "messages/", "audit-trail/",
        "settings/", "settings/?country=FR", "settings/officers/?country=FR", "system/",
    )  # fmt: skip
    open_to_all = (
        "/statistics/", "/statistics/FR/", "/confirm-email/?token=x", "/forgotten-password/", "/reset-password/?token=x",
        "/unsubscribe/?token=x", "/stop-messages/?token=x", "/appeal/?token=x", "/appointment/?token=x", "/nowhere/",
    )  # fmt: skip

    def pages(self) -> dict[str, list[str]]:
        """Every address in the tables, and what there is besides: other states of a record, empty lists."""
        records = [
            f"people/{self.person.pk}/",
            f"people/{self.school.proposed_by_id}/",
            f"schools/{self.school.pk}/",
            f"projects/{self.waiting.pk}/",
            f"projects/{self.open.pk}/",
            f"projects/{self.left.pk}/",
            f"people/{self.suspended.pk}/",
        ]
        empty = [
            "queues/people/?state=moved",
            "queues/people/?state=new",
            "search/?q=rivers",
            "queues/projects/?partner=ES",
            "partnerships/FR-ES/",
            "monitor/?condition=NEVER_STARTED",
        ]
        inside = {
            self.stranger.login: [""],
            self.desk.login: [*self.every, "nowhere/", *empty, *records],
            self.central.login: [*self.everywhere, *records],
        }
        return {
            "": ["/dashboard/sign-in/", *self.open_to_all],
            **{login: [f"/dashboard/{path}" for path in paths] for login, paths in inside.items()},
        }
