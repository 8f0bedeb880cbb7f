"""Every list costs the same number of queries at one row and at ten."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.accounts.models import Person
from backend.core import clock
from backend.partners.actions import request_contact
from backend.workspaces.actions.chat import open_chat_room, send_chat_message
from backend.workspaces.actions.discussions import add_post, open_discussion, start_thread
from backend.workspaces.actions.files import upload_file
from backend.workspaces.actions.folders import add_folder
from backend.workspaces.actions.home import open_home
from backend.workspaces.actions.pages import write_page
from backend.workspaces.actions.plan import plan_activity, plan_meeting
from backend.workspaces.actions.updates import post_update
from tests.factories.people import newcomer, officer, teacher
from tests.factories.projects import contacts, project, pupil, workspace
from tests.support.api import Api, gid

pytestmark = pytest.mark.django_db

Case = tuple[Person, str, dict[str, Any], Callable[[int], object]]
PERSON = "name school { name country { label } } languages { label } subjects { label }"


def teachers() -> Case:
    document = f"{{ teachers(first: 20) {{ totalCount edges {{ node {{ {PERSON} matchReasons viewerCanRequestContact }} }} }} }}"
    return teacher("FR"), document, {}, lambda n: teacher("PL")


def contact_requests() -> Case:
    viewer = teacher("FR")
    document = f"{{ contacts(first: 20) {{ edges {{ node {{ state viewerCanAnswer sender {{ name }} recipient {{ {PERSON} }} }} }} }} }}"
    return viewer, document, {}, lambda n: request_contact(teacher("PL"), actor=viewer)


def projects() -> Case:
    founders = teacher("FR"), teacher("PL")
    document = """{ projects(first: 20, mine: true) { edges { node { title state dueAt isNational viewerCanEdit viewerCanSubmit
      subjects { label } members { role person { name } school { name } country { label } }
      decisions { outcome country { code } } } } } }"""
    return founders[0], document, {}, lambda n: project("PENDING_APPROVAL", founders=founders, title=f"P{n}")


def notifications() -> Case:
    founders = teacher("FR"), teacher("PL")
    document = "{ notifications(first: 50) { edges { node { kind sentence } } } }"
    return founders[1], document, {}, lambda n: project("DRAFT", founders=founders, title=f"P{n}")


def in_room(document: str, make: Callable[[Any, Any, int], object]) -> Case:
    room = workspace()
    founder = room.project.founders[0].person
    return founder, document, {"id": gid(room)}, lambda n: make(room, founder, n)


def members() -> Case:
    fields = f"role userName person {{ {PERSON} }}"
    document = (
        f"query($id: ID!) {{ workspace(id: $id) {{ members(first: 50) {{ edges {{ node {{ {fields} }} }} }} }} }}"
    )
    return in_room(document, lambda room, founder, n: pupil(room, actor=founder))


def threads() -> Case:
    document = """query($id: ID!) { workspace(id: $id) { discussions(first: 50) { edges { node { title
      author { name } } } } } }"""
    return in_room(document, lambda room, founder, n: open_discussion(room, actor=founder, title=f"D{n}"))


def posts() -> Case:
    viewer, _, _, _ = case = in_room("", lambda *_: None)
    room = viewer.workspace_memberships.get().workspace
    thread = start_thread(open_discussion(room, actor=viewer, title="D"), actor=viewer, title="T", text="First")
    document = f"""query($id: ID!) {{ thread(id: $id) {{ posts(first: 50) {{ totalCount edges {{ node {{ text isRemoved viewerCanEdit
      viewerCanRemove author {{ {PERSON} }} thread {{ title }} }} }} }} }} }}"""
    return case[0], document, {"id": gid(thread)}, lambda n: add_post(thread, actor=viewer, text=f"P{n}")


def updates() -> Case:
    document = (
        "query($id: ID!) { workspace(id: $id) { updates(first: 50) { edges { node { text author { name } } } } } }"
    )
    return in_room(document, lambda room, founder, n: post_update(room, actor=founder, text=f"U{n}"))


def files() -> Case:
    document = (
        "query($id: ID!) { workspace(id: $id) { files(first: 50) { edges { node { name url author { name } } } } } }"
    )
    return in_room(
        document,
        lambda room, founder, n: upload_file(room, actor=founder, upload=SimpleUploadedFile(f"{n}.txt", b"text")),
    )


def pages() -> Case:
    document = """query($id: ID!) { workspace(id: $id) { pages(first: 50) { edges { node { title text viewerCanEdit
      viewerCanPublish isDraft author { name } chosen { name } } } } } }"""
    return in_room(document, lambda room, founder, n: write_page(room, actor=founder, title=f"P{n}", editors="CHOSEN"))


def plans() -> Case:
    document = """query($id: ID!) { workspace(id: $id) { activities(first: 50) { edges { node { title viewerCanEdit
      author { name } completedBy { name } } } } } }"""
    return in_room(document, lambda room, founder, n: plan_activity(room, actor=founder, title=f"A{n}"))


def meetings() -> Case:
    document = """query($id: ID!) { workspace(id: $id) { meetings(first: 50, upcoming: true) { edges { node { title
      viewerCanCancel author { name } } } } } }"""
    start = clock.now() + timedelta(days=1)
    times = {"starts_at": start, "ends_at": start + timedelta(hours=1), "link": "https://example.org"}
    return in_room(document, lambda room, founder, n: plan_meeting(room, actor=founder, title=f"M{n}", **times))


def folders() -> Case:
    document = """query($id: ID!) { workspace(id: $id) { folders(first: 50) { edges { node { name parent { name }
      author { name } } } } } }"""
    return in_room(document, lambda room, founder, n: add_folder(room, actor=founder, name=f"F{n}"))


def chat_messages() -> Case:
    viewer, _, _, _ = case = in_room("", lambda *_: None)
    room = open_chat_room(viewer.workspace_memberships.get().workspace, actor=viewer, title="C")
    document = """query($id: ID!) { chatRoom(id: $id) { isSupervised viewerCanSend messages(first: 50) { edges { node { text
      viewerCanRemove author { name } } } } } }"""
    return case[0], document, {"id": gid(room)}, lambda n: send_chat_message(room, actor=viewer, text=f"S{n}")


def found() -> Case:
    document = """query($id: ID!) { workspace(id: $id) { search(words: "needle") { ... on Update { text author { name } }
      ... on Page { title } } } }"""
    return in_room(document, lambda room, founder, n: post_update(room, actor=founder, text=f"needle {n}"))


def gallery() -> Case:
    document = """{ gallery(first: 50) { edges { node { title summary description imageUrl countries { label }
      subjects { label } languages { label } } } } }"""

    def show(n: int) -> object:
        room = workspace(title=f"G{n}")
        return open_home(room, actor=room.project.founders[0].person, is_public=True)

    return teacher("FR"), document, {}, show


def events() -> Case:
    document = """query($id: ID!) { workspaceEvents(workspaceId: $id) { events { seq sentence actor { name }
      subject { __typename ... on Update { text author { name school { name } } } } } } }"""
    return in_room(document, lambda room, founder, n: post_update(room, actor=founder, text=f"U{n}"))


def desk_people() -> Case:
    document = (
        f"{{ desk {{ people {{ waiting }} waitingPeople(first: 50) {{ edges {{ node {{ state {PERSON} }} }} }} }} }}"
    )
    return officer("FR"), document, {}, lambda n: newcomer("FR")


def desk_projects() -> Case:
    founders = teacher("FR"), teacher("PL")
    document = """{ desk { projects { waiting } waitingProjects(first: 50) { edges { node { title viewerCanApproveFor
      members { person { name } school { name } } } } } } partnerships { country projects } }"""
    return officer("FR"), document, {}, lambda n: project("PENDING_APPROVAL", founders=founders, title=f"P{n}")


def ids() -> Case:
    named: list[str] = []
    document = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Person { name } } }"
    return teacher("FR"), document, {"ids": named}, lambda n: named.append(gid(teacher("PL")))


CASES = [
    ids, teachers, contact_requests, projects, notifications, members, threads, posts, updates, files, folders, pages, plans,
    meetings, chat_messages, found, gallery, events, desk_people, desk_projects,
]  # fmt: skip


def same_at_one_and_ten(case: Callable[[], Case]) -> None:
    viewer, document, variables, more = case()
    more(0)
    api = Api(Person.objects.get(pk=viewer.pk))
    api.ask(document, **variables)
    with CaptureQueriesContext(
        connection,
    ) as one:
        first = api.ask(document, **variables)
    for n in range(1, 10):
        more(n)
    with CaptureQueriesContext(connection) as ten:
        second = api.ask(document, **variables)
    assert str(second).count("{") > str(first).count("{") + 8
    tables = sorted(q["sql"].partition(" FROM ")[2].split(" ")[0] for q in ten.captured_queries)
    assert len(ten) == len(one), tables


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_one_row_or_ten(case: Callable[[], Case]) -> None:
    same_at_one_and_ten(case)


def test_contacts_are_no_strangers() -> None:
    one, other = teacher("FR"), teacher("PL")
    contacts(one, other)
    assert Api(one).ask("{ contacts(first: 5, state: ACCEPTED) { totalCount } }") == {"contacts": {"totalCount": 1}}
