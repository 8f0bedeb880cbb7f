"""The page behind the link of the letter about a suspension or ban."""

import pytest
from django.test import Client

from backend.moderation.letters import appeal_token
from backend.moderation.models import Appeal
from tests.factories.moderation import sanction
from tests.factories.people import teacher

pytestmark = pytest.mark.django_db


def test_who_is_suspended_appeals_once() -> None:
    made = sanction(teacher("FR"))
    form = {"token": appeal_token(made), "text": "It was not me"}
    client = Client()
    assert form["token"] in client.get("/appeal/", {"token": form["token"]}).content.decode()
    assert not Appeal.objects.exists()
    assert "Thank you" in client.post("/appeal/", form).content.decode()
    assert Appeal.objects.get().text == "It was not me"
    again = client.post("/appeal/", form)
    assert (again.status_code, "There is an appeal" in again.content.decode()) == (400, True)
    assert Appeal.objects.count() == 1


def test_a_wrong_link_says_so_and_keeps_the_text() -> None:
    page = Client().post("/appeal/", {"token": "nonsense", "text": "It was not me"})
    told = page.content.decode()
    assert (page.status_code, "not valid any more" in told, "It was not me" in told) == (400, True, True)


def test_an_empty_appeal_is_refused() -> None:
    page = Client().post("/appeal/", {"token": appeal_token(sanction(teacher("FR"))), "text": " "})
    assert (page.status_code, Appeal.objects.count()) == (400, 0)
