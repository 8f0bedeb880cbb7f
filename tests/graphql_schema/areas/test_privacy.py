"""Being erased by the API, and what others see then."""

import pytest

from backend.accounts.models import Person
from backend.workspaces.actions.discussions import add_post, open_discussion, start_thread
from tests.factories.people import PASSWORD, officer, teacher
from tests.factories.projects import workspace
from tests.support.api import Api, gid

pytestmark = pytest.mark.django_db
TALK = """query($id: ID!) { node(id: $id) { ... on Thread { title
  posts(first: 9) { edges { node { text isRemoved author { name } } } } } } }"""


def test_others_see_a_removed_member_in_their_conversation() -> None:
    room = workspace()
    founder, other = (m.person for m in room.project.founders)
    thread = start_thread(open_discussion(room, actor=other, title="Rivers"), actor=other, title="Hello", text="Who?")
    add_post(thread, actor=founder, text="It is me, Agathe")
    add_post(thread, actor=other, text="Good day")
    api = Api(founder)
    given = {"password": PASSWORD, "confirms": True}
    assert api.refused("eraseAccount", **given) == ["projects_need_founder"]
    assert api.do("eraseAccount", "", **given, leavesProjects=True)["__typename"] == "Done"
    assert api.ask("{ viewer { login } }") == {"viewer": None}
    talk = Api(other).ask(TALK, id=gid(thread))["node"]["posts"]["edges"]
    assert [(edge["node"]["isRemoved"], edge["node"]["author"]["name"]) for edge in talk] == [
        (False, str(other)), (True, "Removed member"), (False, str(other)),
    ]  # fmt: skip
    assert not talk[1]["node"]["text"]
    assert talk[2]["node"]["text"] == "Good day"
    Person.objects.filter(pk=other.pk).update(language="fr")
    french = Api(other).ask(TALK, id=gid(thread))["node"]["posts"]["edges"]
    assert french[1]["node"]["author"]["name"] == "Membre supprimé"


def test_an_agency_erases_who_asks() -> None:
    ana, desk = teacher("FR"), Api(officer("FR"))
    assert desk.refused("erasePerson", personId=gid(ana), reason=" ") == ["reason_missing"]
    assert desk.do("erasePerson", "", personId=gid(ana), reason="Letter of today")["__typename"] == "Done"
    assert str(Person.objects.get(pk=ana.pk)) == "Removed member"
    assert Api().refused("login", login=ana.login, password=PASSWORD) == ["sign_in_failed"]
