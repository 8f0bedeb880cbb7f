"""A page asks as little of a thousand rows as of ten: twelve queries at most, and the same ones."""

from collections.abc import Callable
from copy import copy
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from backend.accounts.models import Person
from backend.agencies.actions import validate_teacher
from backend.agencies.actions.texts import write_text
from backend.core.models import new_id
from backend.eventlog.models import Event, EventCountry
from backend.labels.models import LabelNomination, NationalLabel
from backend.labels.school_year import this_school_year
from backend.moderation.actions.sanctions import appeal_decision
from backend.monitoring.models import Pulse, Work
from backend.monitoring.rollups.rebuilding import rebuild_statistics
from backend.projects.models import Decision, ProjectMember
from backend.schools.models import SchoolState
from backend.workspaces.actions.updates import post_update
from tests.factories.labels import application, labelled
from tests.factories.mailings import draft
from tests.factories.moderation import help_request, report, sanction
from tests.factories.people import SchoolFactory, central, newcomer, officer, teacher
from tests.factories.projects import project, workspace

pytestmark = pytest.mark.django_db


def many(row: Any, number: int, **values: Callable[[int], Any]) -> list[Any]:
    """Copies of a row, with what must differ."""
    rows = []
    for place in range(number):
        one = copy(row)
        one._state = copy(row._state)
        one._state.adding = True
        for name, value in {"pk": lambda _: new_id(), **values}.items():
            setattr(one, name, value(place))
        rows.append(one)
    made: list[Any] = type(row)._default_manager.bulk_create(rows, batch_size=500)
    return made


def take_stock() -> None:
    """PostgreSQL counts its tables in the background, which sees nothing of a test's transaction: without it a thousand
    rows are joined as if there were none."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def people(number: int) -> None:
    row = newcomer("FR")
    many(row, number, login=lambda n: f"{row.pk}-{n}@school.example", email=lambda n: f"{row.pk}-{n}@school.example")


def schools(number: int) -> None:
    row = SchoolFactory(state=SchoolState.PROPOSED, name="Collège", town="Lyon", proposed_by=teacher("FR"))
    many(row, number, name=lambda n: f"Collège {n}", official_number=lambda _: "")


def projects(number: int, state: str = "PENDING_APPROVAL") -> list[Any]:
    return copies(project(state), number)


def copies(row: Any, number: int) -> list[Any]:
    """Of a project, with its members and decisions."""
    made = many(row, number)
    for model in (ProjectMember, Decision):
        parts: Any = model._default_manager
        for part in parts.filter(project=row):
            many(part, number, project=lambda n: made[n])
    return made


def reports(number: int) -> None:
    many(report(teacher("FR"), actor=teacher("PL")), number, subject_id=lambda _: new_id())


def labels(number: int) -> None:
    row = application(workspace().project)
    made = projects(number, "OPEN")
    many(row, number, project=lambda n: made[n])


def questions(number: int) -> None:
    many(help_request(actor=teacher("FR")), number)


def events(number: int) -> None:
    validate_teacher(newcomer("FR"), actor=officer("FR"))
    row = Event.objects.filter(kind="person.validated").latest("pk")
    made = many(row, number)
    EventCountry.objects.bulk_create(EventCountry(event=event, country_id="FR") for event in made)


def messages(number: int) -> None:
    many(draft(officer("FR")), number)


def appeals(number: int) -> None:
    made = sanction(teacher("FR"), "WARNING")
    row = appeal_decision(made, actor=made.person, text="Why?")
    reported = many(made.report, number, subject_id=lambda _: new_id())
    sanctions = many(made, number, report=lambda n: reported[n])
    many(row, number, sanction=lambda n: sanctions[n])


def at_work(number: int, *, is_begun: bool = True) -> None:
    """Open projects in whose workspaces something was done, counted afresh."""
    room = workspace()
    if is_begun:
        post_update(room, actor=room.project.founders[0].person, text="Here")
    made = copies(room.project, number)
    rooms = many(room, number, project=lambda n: made[n])
    for pulse in Pulse.objects.filter(project=room.project):
        many(pulse, number, pk=lambda n: made[n].pk)
    for work in Work.objects.filter(workspace=room):
        many(work, number, pk=lambda _: None, workspace=lambda n: rooms[n])
    take_stock()
    rebuild_statistics()


def with_labels(number: int) -> None:
    """Projects that France awarded and nominated."""
    row = labelled()
    made = copies(row, number)
    label = NationalLabel.objects.get(project=row, country="FR")
    asked = many(label.application, number, project=lambda n: made[n])
    many(label, number, project=lambda n: made[n], application=lambda n: asked[n])
    nominated = LabelNomination(project=row, country_id="FR", school_year=this_school_year())
    many(nominated, number, project=lambda n: made[n])


def published(number: int) -> None:
    """Everything that figures are of."""
    many(teacher("FR"), number, login=lambda n: f"{new_id()}@school.example", email=lambda n: f"{n}@school.example")
    schools(number)
    at_work(number)


def texts(number: int) -> None:
    desk = officer("FR")
    given = {"use": "MESSAGE", "language": "en", "title": str(new_id()), "text": "Come."}
    many(write_text(desk.officer.agency, actor=desk, **given), number, title=lambda n: str(new_id()))


PAGES: dict[str, Callable[[int], Any]] = {
    "queues/people/": people,
    "queues/schools/": schools,
    "queues/projects/": projects,
    "queues/reports/": reports,
    "queues/labels/": labels,
    "queues/help/": questions,
    "audit-trail/": events,
    "messages/": messages,
    "appeals/": appeals,
    "settings/texts/": texts,
    "partnerships/FR-PL/": projects,
    "": people,
    "monitor/?condition=ACTIVE": at_work,
    "monitor/?condition=NEVER_STARTED": lambda number: at_work(number, is_begun=False),
    "statistics/": published,
    "statistics/report/": published,
    "statistics/FR/staff/": published,
    "statistics/FR/opened/": at_work,
    "statistics/FR/updates/": at_work,
    "exports/": published,
    "labels/european/": with_labels,
}
CENTRAL: dict[str, Callable[[int], Any]] = {
    "": people,
    "queues/people/": people,
    "queues/projects/": projects,
    "partnerships/": at_work,
    "partnerships/matrix/": at_work,
    "monitor/?condition=ACTIVE": at_work,
    "statistics/": published,
    "labels/european/": with_labels,
    "audit-trail/": events,
}


@pytest.mark.parametrize("path", PAGES)
def test_a_thousand_rows_cost_what_ten_do(
    client: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    costs_the_same(client, path, officer("FR"), PAGES[path], django_assert_max_num_queries)


@pytest.mark.parametrize("path", CENTRAL)
def test_for_central_too(client: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    costs_the_same(client, path, central(), CENTRAL[path], django_assert_max_num_queries)


def costs_the_same(
    client: Client, path: str, viewer: Person, more: Callable[[int], Any], counting: DjangoAssertNumQueries
) -> None:
    client.force_login(viewer)
    counts = []
    for number in (10, 990):
        more(number)
        take_stock()
        client.get(f"/dashboard/{path}")
        with counting(12) as captured:
            answer = client.get(f"/dashboard/{path}")
        counts.append(len(captured))
        if "page" in answer.context:
            assert len(answer.context["page"].rows) >= 10
    assert counts[0] == counts[1]
