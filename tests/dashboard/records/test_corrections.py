"""An agency corrects what is official about a school."""

import pytest
from django.test import Client
from django.urls import reverse

from backend.agencies.actions import edit_school
from backend.agencies.models import StandIn
from backend.eventlog.models import Event
from backend.schools.models import School
from tests.factories.people import SchoolFactory, central, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory(country_id="FR", name="LYCEE V. HUGO", town="Lyon", official_number="0691")


def url(school: School) -> str:
    return reverse("dashboard:correct_school", args=[school.pk])


def typed(client: Client, school: School, **given: str) -> dict[str, str]:
    """What the page sends when nothing but this is changed."""
    form = client.get(url(school)).context["form"]
    return {**{name: field.value() or "" for name, field in ((f.name, f) for f in form)}, **given}


def test_a_name_is_corrected_and_the_school_told(client: Client, school: School) -> None:
    client.force_login(officer("FR"))
    assert url(school) in client.get(reverse("dashboard:school", args=[school.pk])).text
    answer = client.post(url(school), typed(client, school, name="Lycée Victor Hugo"), follow=True)
    assert answer.redirect_chain == [(reverse("dashboard:school", args=[school.pk]), 302)]
    assert "The details are corrected." in answer.text
    school.refresh_from_db()
    assert (school.name, school.town, school.official_number) == ("Lycée Victor Hugo", "Lyon", "0691")
    assert Event.objects.filter(kind="school.corrected", subject_id=school.pk).count() == 1


def test_what_cannot_be_is_said_at_its_field(client: Client, school: School) -> None:
    client.force_login(officer("FR"))
    SchoolFactory(country_id="FR", official_number="0692")
    for wrong, says in (({"name": " "}, "Please fill this in."), ({"official_number": "0692"}, "number")):
        answer = client.post(url(school), typed(client, school, **wrong))
        assert answer.status_code == 422
        [name] = wrong
        assert says in str(answer.context["form"].errors[name])


def test_who_saves_on_top_of_a_colleague_is_told(client: Client, school: School) -> None:
    desk = officer("FR")
    client.force_login(desk)
    given = typed(client, school, town="Villeurbanne")
    edit_school(school, actor=desk, town="Vénissieux")
    answer = client.post(url(school), given)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "Villeurbanne" in answer.text
    school.refresh_from_db()
    assert school.town == "Vénissieux"


def test_central_says_why(client: Client, school: School) -> None:
    client.force_login(central())
    given = typed(client, school, town="Villeurbanne")
    assert client.post(url(school), given).status_code == 422
    client.post(url(school), {**given, "reason": "The agency is closed in August."})
    assert StandIn.objects.get().reason == "The agency is closed in August."


def test_a_viewer_corrects_nothing(client: Client, school: School) -> None:
    client.force_login(officer("FR", role="VIEWER"))
    assert url(school) not in client.get(reverse("dashboard:school", args=[school.pk])).text
    assert client.post(url(school), {"name": "Mine"}).status_code == 403
