"""The European label on the dashboard: an agency nominates under its cap, the central service awards."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from backend.labels.models import EuropeanLabel, LabelNomination
from backend.projects.models import Project
from tests.factories.labels import ENOUGH, labelled
from tests.factories.people import central, officer

pytestmark = pytest.mark.django_db
PAGE = "/dashboard/labels/european/"


def nominate(client: Client, project: Project) -> str:
    return client.post(reverse("dashboard:nominate_label", args=[project.pk]), follow=True).text


def test_an_agency_nominates_up_to_its_cap(client: Client) -> None:
    rivers, bridges = labelled(title="Rivers"), labelled(title="Bridges")
    client.force_login(officer("FR"))
    page = client.get(PAGE)
    assert [(p.title, p.countries, p.average) for p in page.context["page"].rows] == [
        ("Bridges", 2, 25), ("Rivers", 2, 25),
    ]  # fmt: skip
    assert "0 of 1 nominations" in page.text
    assert "“Rivers” is nominated." in nominate(client, rivers)
    text = client.get(PAGE).text
    assert "1 of 1 nominations" in text
    assert ">Nominate<" not in text
    answer = client.post(reverse("dashboard:nominate_label", args=[bridges.pk]))
    assert answer.status_code == 422
    assert [each.project for each in LabelNomination.objects.all()] == [rivers]
    assert "No label in this school year" in client.get(f"{PAGE}?year={page.context['year'] - 1}").text


def test_too_few_points_are_refused_in_words(client: Client) -> None:
    client.force_login(officer("FR"))
    assert 'role="alert"' in nominate(client, labelled(ENOUGH))
    assert not LabelNomination.objects.exists()


def test_the_central_service_awards_with_a_reason(client: Client) -> None:
    rivers = labelled(title="Rivers")
    client.force_login(officer("FR"))
    nominate(client, rivers)
    client.force_login(central())
    assert "Nominated by France" in client.get(PAGE).text
    url = reverse("dashboard:award_european_label", args=[rivers.pk])
    assert client.post(url, {"text": " "}).status_code == 422
    assert "has the European label" in client.post(url, {"text": "The best of all"}, follow=True).text
    assert EuropeanLabel.objects.get().reason == "The best of all"
    assert "Rivers" not in client.get(PAGE).text
    assert "Rivers" in client.get(f"{PAGE}?state=awarded").text


@pytest.mark.parametrize("who", ["FR", None])
def test_queries_do_not_grow(
    client: Client, who: str | None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    nominating, counts = officer("FR"), []
    for _ in range(2):
        labelled()
        for project in [labelled() for _ in range(3)][:1]:
            client.force_login(nominating)
            nominate(client, project)
        client.force_login(officer(who))
        with django_assert_max_num_queries(12) as captured:
            client.get(PAGE)
        counts.append(len(captured))
    assert len(set(counts)) == 1
