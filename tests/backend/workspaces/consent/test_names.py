"""Pupils' names before the world, and tools outside the platform: only where parents agreed."""

from typing import Any

import pytest

from backend.accounts.models import Person
from backend.eventlog.models import Event
from backend.notifications.models import Notification
from backend.projects.actions.drafting import edit_project
from backend.workspaces import meeting_service
from backend.workspaces.actions import files, home, members, pages, roles
from backend.workspaces.models import Page, Workspace
from backend.workspaces.naming import named_in
from tests.factories.scene import Scene, pdf
from tests.support.api import Api, gid
from tests.support.refusals import refused


def agree(scene: Scene, *, kind: str = "NAME", is_given: bool = True) -> None:
    roles.note_consent(scene.pupil, actor=scene.founder, kind=kind, is_given=is_given)


def page(scene: Scene, text: str, **more: Any) -> Page:
    draft = pages.write_page(scene.room, actor=scene.founder, title="Our river", text=text, audience="PUBLIC")
    return pages.publish_page(draft, actor=scene.founder, **more)


@pytest.mark.parametrize("text", ["Drawn by Lina.", "By LINA", "«Lina»"])
def test_a_public_page_names_nobody_whose_parents_have_not_agreed(scene: Scene, text: str) -> None:
    draft = pages.write_page(scene.room, actor=scene.founder, title="Our river", text=text, audience="PUBLIC")
    with refused("name_not_agreed"):
        pages.publish_page(draft, actor=scene.founder)
    assert Page.objects.get(pk=draft.pk).is_draft
    agree(scene)
    assert page(scene, text).published_at


@pytest.mark.parametrize("text", ["Linard and Marlina", "a lina of thread", "Nobody"])
def test_other_words_are_no_names(scene: Scene, text: str) -> None:
    assert page(scene, text).published_at


def test_names_inside_each_other_are_all_found(scene: Scene) -> None:
    members.add_pupils(scene.room, actor=scene.founder, given_names=["Jean", "Jean-Luc", "Luc", "Luca"])
    pupils = scene.room.memberships.filter(role="PUPIL").select_related("person")
    assert named_in(pupils, "Nobody", "By Jean-Luc and LINA", "Lucas") == ["Jean", "Jean-Luc", "Lina", "Luc"]
    assert named_in([], "By Jean") == named_in(pupils) == []


def test_a_teacher_says_that_others_are_meant(scene: Scene) -> None:
    assert page(scene, "We read Victor Hugo.", names_others=True).published_at
    shown = page(scene, "We read.")
    pages.arrange_page(shown, actor=scene.founder, editors="MEMBERS")
    with refused("name_not_agreed"):
        pages.edit_page(shown, actor=scene.founder, text="Hugo reads.", expected_version=1)
    with refused("name_needs_teacher"):  # a pupil is not told whose parents have not agreed
        pages.edit_page(shown, actor=scene.helper.person, text="Hugo reads.", expected_version=1, names_others=True)


def test_a_name_is_not_the_worlds_after_the_pupil_has_left(scene: Scene) -> None:
    draft = pages.write_page(scene.room, actor=scene.founder, title="Us", text="By Lina", audience="PUBLIC")
    members.remove_pupil(scene.pupil, actor=scene.founder)
    with refused("name_not_agreed"):
        pages.publish_page(draft, actor=scene.founder)


def test_who_opens_the_home_opens_its_pages_and_its_title(scene: Scene) -> None:
    page(scene, "Lina, the island", names_others=True)
    with refused("name_not_agreed"):
        home.open_home(scene.room, actor=scene.founder, is_public=True)
    assert home.open_home(scene.room, actor=scene.founder, is_public=True, names_others=True).is_public


def test_a_new_title_closes_a_home_that_would_name_a_pupil(scene: Scene) -> None:
    home.open_home(scene.room, actor=scene.founder, is_public=True)
    project = edit_project(scene.room.project, actor=scene.founder, expected_version=1, title="Rivers of Poland")
    assert Workspace.objects.get().is_public
    project = edit_project(project, actor=scene.founder, expected_version=2, title="Rivers, by Lina")
    assert not Workspace.objects.get().is_public
    assert Event.objects.filter(kind="workspace.home_closed").count() == 1
    home.open_home(Workspace.objects.get(), actor=scene.founder, is_public=True, names_others=True)
    edit_project(project, actor=scene.founder, expected_version=3, title="Streams, by Lina")
    assert Workspace.objects.get().is_public, "a founder has looked at this name"


def test_what_names_a_pupil_who_comes_later_is_withdrawn(scene: Scene) -> None:
    shown, other = page(scene, "By Zofia"), page(scene, "By us")
    members.add_pupils(scene.room, actor=scene.other, given_names=["Zofia", "Ole"])
    for thing in (shown, other):
        thing.refresh_from_db()
    assert (shown.audience, other.audience) == ("MEMBERS", "PUBLIC")


def test_the_class_is_not_told_whose_parents_it_is(scene: Scene) -> None:
    agree(scene)
    shown = page(scene, "By Lina")
    agree(scene, is_given=False)
    told = Api(scene.helper.person).ask(
        "query ($id: ID!) { workspaceEvents(workspaceId: $id) { events { kind sentence } } }", id=gid(scene.room)
    )["workspaceEvents"]["events"]
    said = {event["kind"]: event["sentence"] for event in told}
    assert "workspace.consent_noted" not in said
    assert shown.title not in said["workspace.withdrawn"]
    assert "parents" not in said["workspace.withdrawn"]


def test_what_members_read_may_name_them(scene: Scene) -> None:
    inside = pages.edit_page(scene.page, actor=scene.founder, text="By Lina", expected_version=1)
    with refused("name_not_agreed"):
        pages.arrange_page(inside, actor=scene.founder, audience="PUBLIC")
    file = files.upload_file(scene.room, actor=scene.founder, upload=pdf(), caption="By Lina")
    with refused("name_not_agreed"):
        files.change_file(file, actor=scene.founder, audience="PUBLIC")
    assert files.change_file(file, actor=scene.founder, audience="PUBLIC", caption="By a pupil").caption
    with refused("name_not_agreed"):
        files.upload_file(scene.room, actor=scene.founder, upload=pdf(), caption="By Lina", audience="PUBLIC")
    with refused("name_not_agreed"):
        files.add_link(scene.room, actor=scene.founder, link="https://a.example", name="Lina", audience="PUBLIC")


def test_the_home_too_once_it_is_open(scene: Scene) -> None:
    room = home.edit_home(scene.room, actor=scene.founder, description="Lina and others", expected_version=1)
    with refused("name_not_agreed"):
        home.open_home(room, actor=scene.founder, is_public=True)
    room = home.edit_home(room, actor=scene.founder, description="We", expected_version=2)
    room = home.open_home(room, actor=scene.founder, is_public=True)
    with refused("name_not_agreed"):
        home.edit_home(room, actor=scene.founder, description="Lina", expected_version=3)


def test_what_names_a_pupil_is_withdrawn_when_parents_no_longer_agree(scene: Scene) -> None:
    agree(scene)
    shown = page(scene, "By Lina")
    other = page(scene, "By us")
    file = files.upload_file(scene.room, actor=scene.founder, upload=pdf(), caption="Lina", audience="PUBLIC")
    room = home.edit_home(scene.room, actor=scene.founder, description="Lina’s class", expected_version=1)
    home.open_home(room, actor=scene.founder, is_public=True)
    before = Event.objects.count()
    agree(scene, is_given=False)
    for thing in (shown, other, file):
        thing.refresh_from_db()
    assert [each.audience for each in (shown, file, other)] == ["MEMBERS", "MEMBERS", "PUBLIC"]
    assert not Workspace.objects.get(pk=room.pk).is_public
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))[before:]
    assert kinds == ["workspace.consent_noted", *["workspace.withdrawn"] * 2, "workspace.home_closed"]
    told = Notification.objects.filter(event__kind="workspace.withdrawn").values_list("recipient", flat=True)
    assert set(told) == {scene.other.pk}


def test_pupils_go_to_tools_outside_when_parents_agreed(scene: Scene) -> None:
    pupil = scene.pupil.person
    link = files.add_link(scene.room, actor=scene.founder, link="https://pad.example", name="Pad", is_tool=True)
    plain = files.add_link(scene.room, actor=scene.founder, link="https://map.example", name="Map")
    assert told(pupil, scene) == {"", None, plain.link}
    with refused("tool_not_agreed"):
        meeting_service.join_meeting(scene.meeting, actor=pupil)
    assert meeting_service.join_meeting(scene.meeting, actor=scene.other) == scene.meeting.link
    agree(scene, kind="EXTERNAL_TOOL")
    assert told(pupil, scene) == {scene.meeting.link, link.link, plain.link}
    assert meeting_service.join_meeting(scene.meeting, actor=pupil) == scene.meeting.link
    with refused("only_links"):
        files.change_file(scene.file, actor=scene.founder, is_tool=True)


def told(person: Person, scene: Scene) -> set[str | None]:
    """The addresses outside that the API gives to somebody."""
    asked = """query($id: ID!) { workspace(id: $id) { meetings(first: 9) { edges { node { link } } }
               files(first: 9) { edges { node { kind url } } } } }"""
    given = Api(person).ask(asked, id=gid(scene.room))["workspace"]
    links = [edge["node"]["url"] for edge in given["files"]["edges"] if edge["node"]["kind"] == "LINK"]
    return {*links, *(edge["node"]["link"] for edge in given["meetings"]["edges"])}
