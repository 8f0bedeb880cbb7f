"""What was typed and refused is there again, once, in the box where it was typed."""

from collections.abc import Callable

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from backend.labels.models import LabelApplication
from backend.projects.models import ProjectState
from backend.schools.models import SchoolState
from tests.dashboard.addresses.every import make
from tests.dashboard.addresses.records import RECORDS
from tests.factories.labels import FULL, application
from tests.factories.people import SchoolFactory, officer, teacher
from tests.factories.projects import project

pytestmark = pytest.mark.django_db
TOO_LONG = "x" * 100_000

PAGES: dict[str, tuple[str, ...]] = {
    "person": ("validate_teacher", "reject_teacher", "request_information"),
    "school": ("validate_school", "reject_school"),
    "project": ("refuse_project", "comment_project", "note_project"),
    "report": ("open_report", "decide_report"),
    "appeal": ("decide_appeal",),
    "label": ("award_label", "refuse_label"),
    "help_request": ("answer_help",),
}


@pytest.mark.parametrize("page", [page for pages in PAGES.values() for page in pages])
def test_of_a_case(client: Client, page: str) -> None:
    client.force_login(officer("FR"))
    kept(client, make(RECORDS, page), **RECORDS.sent.get(page, {}))


LATER: dict[str, Callable[[], Model]] = {
    "revoke_teacher": lambda: teacher("FR"),
    "erase_person": lambda: teacher("FR"),
    "close_school": lambda: SchoolFactory(country_id="FR"),
    "reopen_school": lambda: SchoolFactory(country_id="FR", state=SchoolState.CLOSED),
}


@pytest.mark.parametrize("page", LATER)
def test_of_what_was_decided_long_ago(client: Client, page: str) -> None:
    client.force_login(officer("FR"))
    kept(client, reverse(f"dashboard:{page}", args=[LATER[page]().pk]))


def test_two_schools_in_one(client: Client) -> None:
    client.force_login(officer("FR"))
    one, other = (SchoolFactory(country_id="FR", name="Lycée Victor Hugo", town="Lyon") for _ in range(2))
    path = reverse("dashboard:merge_schools", args=[one.pk])
    text = kept(client, path, into=str(other.pk))
    assert f'value="{other.pk}" checked' in text


def test_points_and_feedback_of_an_assessor(client: Client) -> None:
    client.force_login(officer("FR"))
    asked: LabelApplication = application()
    path = reverse("dashboard:assess_label", args=[asked.pk])
    kept(client, path, **FULL)
    answer = client.post(path, {"text": "A fine grid.", **FULL}, follow=True)
    assert answer.text.count("A fine grid.") == 1  # and would be stored again with other points


def test_the_other_side_of_a_project(client: Client) -> None:
    client.force_login(officer("FR"))
    waiting = project(ProjectState.PENDING_APPROVAL, founders=(teacher("FR"), teacher("PL")))
    kept(client, reverse("dashboard:approve_project", args=[waiting.pk]), side="FR")


def kept(client: Client, path: str, **given: object) -> str:
    answer = client.post(path, {"text": TOO_LONG, "side": "FR", **given})
    assert (answer.status_code, answer.text.count(TOO_LONG)) == (422, 1)
    return answer.text
