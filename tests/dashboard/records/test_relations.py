"""From a person and a school to the projects they are in."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories.people import officer, teacher
from tests.factories.projects import follower, project, workspace

pytestmark = pytest.mark.django_db


def test_projects_as_far_as_an_agency_sees_them(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ana, other = teacher("FR"), teacher("PL")
    rivers = workspace(founders=(ana, other), title="Rivers").project
    project("DRAFT", founders=(ana, other), title="Not sent yet")
    joined = workspace(founders=(teacher("DE"), other), title="Of others").project
    member = follower(rivers, of=ana)
    client.force_login(officer("FR"))
    for path in (f"people/{ana.pk}/", f"schools/{ana.school_id}/", f"schools/{member.school_id}/"):
        with django_assert_max_num_queries(12):
            text = client.get(f"/dashboard/{path}").text
        assert f'<a href="/dashboard/projects/{rivers.pk}/">Rivers</a> · Open' in text
        assert "Not sent yet" not in text
    client.force_login(officer("PL"))
    text = client.get(f"/dashboard/schools/{other.school_id}/").text
    assert text.index(str(joined.pk)) < text.index(str(rivers.pk))  # newest first


def test_a_school_without_projects_says_so(client: Client) -> None:
    client.force_login(officer("FR"))
    text = client.get(f"/dashboard/schools/{teacher('FR').school_id}/").text
    assert "None that reached the agencies." in text
