"""Lists of applications, nominations and labels cost the same number of queries at one row and at ten."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.accounts.models import Person
from backend.labels.models import EuropeanLabel, LabelNomination
from backend.workspaces.actions.updates import post_update
from tests.factories.labels import application, assessed, founder, labelled
from tests.factories.people import officer, teacher
from tests.factories.projects import workspace
from tests.support.api import Api

pytestmark = pytest.mark.django_db

Case = tuple[Person, str, Callable[[int], object]]


def show(n: int) -> None:
    """An application with evidence, assessed."""
    room = workspace(title=f"P{n}")
    news = post_update(room, actor=founder(room.project), text="We began.")
    assessed(application(room.project, evidence=[news]), feedback="Fine")


def applications() -> Case:
    document = """{ labelApplications(first: 20, state: SUBMITTED) { totalCount edges { node { projectTitle state points
      viewerCanAssess viewerCanDecide viewerCanWithdraw project { title } applicant { name } school { name }
      country { label } grid { version criteria { label parts { label } } } answers { text criterion { label } }
      evidence { kind subjectId } assessments { feedback assessor { name } marks { points criterion { code } } }
    } } } }"""
    return officer("FR"), document, show


def nominations() -> Case:
    actor = officer("FR")
    document = """{ labelNominations(first: 20) { edges { node { schoolYear project { title } country { label }
      nominatedBy { name } } } } }"""

    def nominate(n: int) -> object:
        project = workspace(title=f"P{n}").project
        return LabelNomination.objects.create(
            project=project, country_id="FR", school_year=2026, nominated_by=officer("FR")
        )

    return actor, document, nominate


def labels() -> Case:
    document = """{ projects(first: 20, words: "labelled") { edges { node { title viewerCanApplyForLabel
      labels { schoolYear person { name } school { name } country { label } }
      europeanLabel { schoolYear reason } } } } }"""

    def label(n: int) -> object:
        project = labelled(title=f"Labelled {n}")
        return EuropeanLabel.objects.create(project=project, school_year=2026, reason="A model for others.")

    return teacher("DE"), document, label


@pytest.mark.parametrize("case", [applications, nominations, labels], ids=lambda case: case.__name__)
def test_one_row_or_ten(case: Callable[[], Case]) -> None:
    viewer, document, more = case()
    more(0)
    api = Api(Person.objects.get(pk=viewer.pk))
    api.ask(document)
    with CaptureQueriesContext(connection) as one:
        first: Any = api.ask(document)
    for n in range(1, 10):
        more(n)
    with CaptureQueriesContext(connection) as ten:
        second: Any = api.ask(document)
    assert str(second).count("{") > str(first).count("{") + 8
    tables = sorted(q["sql"].partition(" FROM ")[2].split(" ")[0] for q in ten.captured_queries)
    assert len(ten) == len(one), tables
