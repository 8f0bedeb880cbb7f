"""Searches with words give the best first, and pages follow each other though rows come in."""

from typing import Any

import pytest

from backend.partners.actions import post_announcement
from backend.workspaces.actions.discussions import add_post, open_discussion, start_thread
from backend.workspaces.actions.home import open_home
from backend.workspaces.actions.pages import write_page
from backend.workspaces.actions.updates import post_update
from tests.factories.people import SchoolFactory, teacher
from tests.factories.projects import project, workspace
from tests.support.api import Api, gid

pytestmark = pytest.mark.django_db


def told(answer: Any, field: str) -> list[str]:
    (found,) = answer.values()
    return [edge["node"][field] for edge in found["edges"]]


def test_inside_a_workspace_over_all_kinds() -> None:
    room = workspace()
    one = room.project.founders[0].person
    page = write_page(room, actor=one, title="Where we go", text="Along the river, to a source.")
    forum = open_discussion(room, actor=one, title="River source", description="Where is it?")
    thread = start_thread(forum, actor=one, title="Source of a river", text="Nothing")
    older = add_post(thread, actor=one, text="The source is far from the river.")
    newer = post_update(room, actor=one, text="A river, its source")
    post_update(room, actor=one, text="A river")
    document = 'query($id: ID!) { workspace(id: $id) { search(words: "river source") { ... on Node { id } } } }'
    found = [each["id"] for each in Api(one).ask(document, id=gid(room))["workspace"]["search"]]
    assert found == [gid(each) for each in (forum, thread, newer, older, page)]


def test_partners_by_name_then_by_what_they_write_then_by_school() -> None:
    named = teacher("PL", family_name="River")
    writes = teacher("PL", presentation="A river near us")
    at = teacher("PL", school=SchoolFactory(name="River school", country_id="PL"))
    teacher("PL")
    document = """query($a: String, $n: Int) { teachers(filter: {words: "River"}, first: $n, after: $a) {
      totalCount pageInfo { endCursor } edges { node { id } } } }"""
    api = Api(teacher("FR"))
    answer = api.ask(document, n=5)
    assert answer["teachers"]["totalCount"] == 3
    assert told(answer, "id") == [gid(each) for each in (named, writes, at)]
    newest = '{ teachers(filter: {words: "River"}, order: NEWEST, first: 5) { edges { node { id } } } }'
    assert told(api.ask(newest), "id") == [gid(each) for each in (at, writes, named)]
    seen, after = [], None
    for _ in range(3):
        page = api.ask(document, n=1, a=after)
        seen += told(page, "id")
        after = page["teachers"]["pageInfo"]["endCursor"]
        teacher("PL", family_name="River")
    assert seen == [gid(each) for each in (named, writes, at)], "who comes in meanwhile shifts nobody"


def test_schools_projects_and_announcements() -> None:
    both, near = SchoolFactory(name="Lycée du Lac", town="Annecy"), SchoolFactory(name="École", town="Lac")
    schools = Api().ask('{ schools(words: "lac", first: 5) { edges { node { id } } } }')
    assert told(schools, "id") == [gid(near), gid(both)], "a town of that name before a name that holds it"
    author = teacher("FR")
    beside = post_announcement(actor=author, title="Water", text="Who measures a lake?")
    ahead = post_announcement(actor=author, title="Lake and sea", text="Who comes along?")
    post_announcement(actor=author, title="Songs", text="Lakes in songs, a lake a song")
    found = Api(teacher("PL")).ask('{ announcements(first: 5, filter: {words: "lake"}) { edges { node { id } } } }')
    assert told(found, "id")[0] == gid(ahead)
    assert told(found, "id")[-1] == gid(beside), "as good as the other: the newer one first"
    one = teacher("FR")
    told_in = project(founders=(one, teacher("PL")), title="Water", summary="A lake and its birds")
    titled = project(founders=(one, teacher("PL")), title="The lake", summary="Birds")
    found = Api(one).ask('{ projects(first: 5, words: "lake") { edges { node { id } } } }')
    assert told(found, "id") == [gid(titled), gid(told_in)]


@pytest.mark.parametrize("words", ["lycee", "LYCÉE", "lycée"])
def test_accents_and_capitals_move_no_school(words: str) -> None:
    ahead = SchoolFactory(name="Lycée Carnot", town="Dijon")
    town = SchoolFactory(name="École", town="Lycée-le-Neuf")
    inside = SchoolFactory(name="Ancien lycée", town="Dijon")
    document = "query($words: String!) { schools(words: $words, first: 5) { edges { node { id } } } }"
    assert told(Api().ask(document, words=words), "id") == [gid(town), gid(ahead), gid(inside)]


@pytest.mark.parametrize("words", ["zoe blanc", "ZOÉ BLANC", "zoé blanc"])
def test_accents_and_capitals_move_no_teacher(words: str) -> None:
    named = teacher("PL", given_name="Zoé", family_name="Blanc")
    beginning = teacher("PL", given_name="Zoé", family_name="Noir", presentation="A blanc page")
    written = teacher("PL", presentation="With Zoé Blanc")
    apart = teacher("PL", presentation="Blanc and Zoé")
    document = "query($words: String!) { teachers(filter: {words: $words}, first: 5) { edges { node { id } } } }"
    found = told(Api(teacher("FR")).ask(document, words=words), "id")
    assert found == [gid(each) for each in (named, beginning, written, apart)]


@pytest.mark.parametrize("words", ["ecole", "ÉCOLE", "école"])
def test_accents_and_capitals_move_no_project(words: str) -> None:
    one, other = teacher("FR"), teacher("PL")
    ahead = project(founders=(one, other), title="École au bord de l’eau", summary="Oiseaux")
    inside = project(founders=(one, other), title="Notre école", summary="Oiseaux")
    beside = project(founders=(one, other), title="Oiseaux", summary="Une École, des écoles")
    project(founders=(one, other), title="Oiseaux", summary="Rien")
    document = "query($words: String!) { projects(words: $words, first: 5) { edges { node { id } } } }"
    assert told(Api(one).ask(document, words=words), "id") == [gid(each) for each in (ahead, inside, beside)]
    room = workspace(founders=(one, other), title="Écoles")
    open_home(room, actor=one, is_public=True)
    gallery = "query($words: String!) { gallery(words: $words, first: 5) { totalCount } }"
    assert Api().ask(gallery, words=words) == {"gallery": {"totalCount": 1}}
