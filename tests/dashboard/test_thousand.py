"""A page asks as little of a thousand rows as of ten: twelve queries at most, and the same ones."""

from collections.abc import Callable
from copy import copy
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from backend.agencies.actions import validate_teacher
from backend.agencies.actions.texts import write_text
from backend.core.models import new_id
from backend.eventlog.models import Event, EventCountry
from backend.moderation.actions.sanctions import appeal_decision
from backend.projects.models import Decision, ProjectMember
from backend.schools.models import SchoolState
from tests.factories.labels import application
from tests.factories.mailings import draft
from tests.factories.moderation import help_request, report, sanction
from tests.factories.people import SchoolFactory, newcomer, officer, teacher
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


def people(number: int) -> None:
    row = newcomer("FR")
    many(row, number, login=lambda n: f"{row.pk}-{n}@school.example", email=lambda n: f"{row.pk}-{n}@school.example")


def schools(number: int) -> None:
    row = SchoolFactory(state=SchoolState.PROPOSED, name="Collège", town="Lyon", proposed_by=teacher("FR"))
    many(row, number, name=lambda n: f"Collège {n}", official_number=lambda _: "")


def projects(number: int, state: str = "PENDING_APPROVAL") -> list[Any]:
    row: Any = project(state)
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
}


@pytest.mark.parametrize("path", PAGES)
def test_a_thousand_rows_cost_what_ten_do(
    client: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(officer("FR"))
    counts = []
    for number in (10, 990):
        PAGES[path](number)
        client.get(f"/dashboard/{path}")
        with django_assert_max_num_queries(12) as captured:
            answer = client.get(f"/dashboard/{path}")
        counts.append(len(captured))
        if "page" in answer.context:
            assert len(answer.context["page"].rows) >= 10
    assert counts[0] == counts[1]
