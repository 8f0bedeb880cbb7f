"""Closing, reopening, archiving, handing over, copying."""

import json
import re
import zipfile
from datetime import time, timedelta

import pytest
import time_machine

from backend.accounts.models import PersonState
from backend.core import clock
from backend.eventlog.models import Event
from backend.notifications.models import Notification
from backend.projects.actions.approval import approve_project
from backend.projects.actions.commenting import comment_project, resolve_comment
from backend.projects.actions.drafting import accept_project, submit_project
from backend.projects.actions.ending import archive_project, close_project, reopen_project
from backend.projects.actions.handing import confirm_hand_over, copy_project, hand_over_project, refuse_hand_over
from backend.projects.actions.partners import answer_invitation, invite_partner
from backend.projects.models import Project, ProjectComment, ProjectState
from backend.projects.tracker import steps_of
from backend.workspaces.actions.chat import edit_chat_room
from backend.workspaces.actions.discussions import add_post, remove_post
from backend.workspaces.actions.files import change_file
from backend.workspaces.actions.folders import add_folder, edit_folder
from backend.workspaces.actions.pages import publish_page, write_page
from backend.workspaces.models import Activity, ChatRoom, Discussion, Folder, Page, Post, WorkspaceMembership
from backend.workspaces.output.export import export_workspace
from backend.workspaces.retirement import retire_pupils
from tests.factories.people import central, officer, teacher
from tests.factories.projects import contacts, project
from tests.factories.scene import Scene
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_a_closed_project_is_read_not_changed(scene: Scene) -> None:
    with refused("not_permitted"):
        close_project(scene.room.project, actor=scene.pupil.person)
    closed = close_project(scene.room.project, actor=scene.other)
    assert closed.state == ProjectState.CLOSED
    scene.thread.refresh_from_db()
    with refused("workspace_read_only"):
        add_post(type(scene.thread).objects.get(pk=scene.thread.pk), actor=scene.founder, text="Late")
    assert Post.objects.visible_to(scene.pupil.person).exists()
    told = Notification.objects.filter(event__kind="project.closed").values_list("recipient", flat=True)
    assert list(told) == [scene.founder.pk]
    with refused("project_not_open"):
        close_project(closed, actor=scene.founder)
    reopened = reopen_project(closed, actor=scene.founder)
    assert (reopened.state, reopened.workspace.is_open) == (ProjectState.OPEN, True)
    kinds = Event.objects.filter(kind__startswith="workspace.").order_by("-pk").values_list("kind", flat=True)
    assert list(kinds[:2]) == ["workspace.reopened", "workspace.became_read_only"]


def test_after_a_year_an_officer_reopens(scene: Scene) -> None:
    closed = close_project(scene.room.project, actor=scene.founder)
    with time_machine.travel(clock.now() + timedelta(days=366), tick=False):
        with refused("project_closed_too_long"):
            reopen_project(closed, actor=scene.founder)
        with refused("not_permitted"):
            reopen_project(closed, actor=officer("DE"))
        with refused("reason_missing"):
            reopen_project(closed, actor=central())
        assert reopen_project(closed, actor=officer("PL")).state == ProjectState.OPEN


def test_pupils_leave_a_month_after_closing_and_at_archiving(scene: Scene) -> None:
    pupil = scene.pupil.person
    closed = close_project(scene.room.project, actor=scene.founder)
    assert retire_pupils() == 0
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        assert retire_pupils() == 2
        assert retire_pupils() == 0
    pupil.refresh_from_db()
    assert pupil.state == PersonState.REVOKED
    archived = archive_project(closed, actor=scene.founder)
    with refused("project_not_closed"):
        reopen_project(archived, actor=scene.founder)
    present = WorkspaceMembership.objects.present().filter(workspace=scene.room)
    assert {m.person_id for m in present} == {scene.founder.pk, scene.other.pk}
    assert Post.objects.visible_to(scene.founder).exists()


def test_a_founder_hands_over_when_the_agency_confirms(scene: Scene) -> None:
    follower, stranger = teacher("FR"), teacher("ES")
    desk, viewer, polish = officer("FR"), officer("FR", role="VIEWER"), officer("PL")
    places = {}
    for person in (follower, stranger):
        contacts(scene.founder, person)
        places[person] = answer_invitation(
            invite_partner(scene.room.project, actor=scene.founder, person=person), actor=person, accepts=True
        )
    with refused("hand_over_abroad"):
        hand_over_project(scene.room.project, actor=scene.founder, taker=places[stranger])
    asked = hand_over_project(scene.room.project, actor=scene.founder, taker=places[follower])
    told = Notification.objects.filter(event__kind="project.hand_over_asked").values_list("recipient", flat=True)
    everybody = {follower.pk, desk.pk, viewer.pk, polish.pk, scene.founder.pk}
    assert set(told) & everybody == {follower.pk, desk.pk}
    with refused("hand_over_waits"):
        hand_over_project(scene.room.project, actor=scene.founder, taker=places[follower])
    with refused("not_permitted"):
        confirm_hand_over(asked, actor=officer("PL"))
    with refused("reason_missing"):
        refuse_hand_over(asked, actor=officer("FR"), comment=" ")
    confirm_hand_over(asked, actor=officer("FR"))
    assert Notification.objects.filter(event__kind="project.hand_over_confirmed", recipient=scene.other).exists()
    now = Project.objects.get(pk=scene.room.project.pk)
    assert [m.person for m in now.founders] == [follower, scene.other]
    assert now.members.get(person=scene.founder).role == "PARTNER"
    assert scene.room.memberships.get(person=follower).role == "ADMINISTRATOR"
    with refused("hand_over_decided"):
        confirm_hand_over(asked, actor=officer("FR"))


def test_a_copy_has_the_text_and_the_structure(scene: Scene) -> None:
    by = {"actor": scene.founder}
    remove_post(scene.post, **by)
    edit_folder(scene.folder, **by, is_open_to_pupils=False)
    edit_chat_room(scene.chat, **by, opens_at=time(8), closes_at=time(9), time_zone="Europe/Warsaw")
    chosen = write_page(scene.room, **by, title="Ours", text="Two", editors="CHOSEN", chosen=[scene.helper])
    publish_page(chosen, **by)
    close_project(scene.room.project, **by)
    old = Project.objects.get(pk=scene.room.project.pk)
    with refused("not_permitted"):
        copy_project(old, actor=scene.visitor, partner=scene.founder, title="Mine")
    copy = copy_project(old, actor=scene.founder, partner=scene.other, title="Rivers again")
    assert (copy.title, copy.aims, copy.state) == ("Rivers again", old.aims, "DRAFT")
    assert set(copy.languages.all()) == set(old.languages.all())
    copy = accept_project(submit_project(copy, actor=scene.founder), actor=scene.other)
    for side in copy.founder_countries:
        copy = approve_project(copy, actor=officer(side), side=side)
    new = copy.workspace
    assert [activity.who for activity in Activity.objects.filter(workspace=new)] == [""], "the old class is not there"
    made = {
        model.__name__: [(str(row), row.audience) for row in model.objects.filter(workspace=new).order_by("pk")]
        for model in (Discussion, ChatRoom, Folder, Page, Activity, Post)
    }
    assert made == {
        "Discussion": [("Rivers", "MEMBERS"), ("Staff room", "STAFF")],
        "ChatRoom": [("Chat", "MEMBERS")],
        "Folder": [("Maps", "MEMBERS")],
        "Page": [("Page", "MEMBERS"), ("Ours", "MEMBERS")],
        "Activity": [("Measure", "MEMBERS")],
        "Post": [],
    }
    pages = Page.objects.filter(workspace=new).order_by("pk")
    assert [(page.is_draft, page.editors) for page in pages] == [(True, "MEMBERS"), (True, "ADMINISTRATORS")]
    assert not Folder.objects.get(workspace=new).is_open_to_pupils
    room = ChatRoom.objects.get(workspace=new)
    assert (room.opens_at, room.closes_at, room.time_zone) == (time(8), time(9), "Europe/Warsaw")


def test_the_export_opens_without_a_network(scene: Scene) -> None:
    gone = add_post(scene.thread, actor=scene.pupil.person, text="Taken away")
    remove_post(gone, actor=scene.founder)
    old = add_folder(scene.room, actor=scene.founder, name="Old", parent=scene.folder)
    change_file(scene.file, actor=scene.founder, folder=old)
    with refused("not_permitted"):
        export_workspace(scene.room, actor=scene.pupil.person)
    with export_workspace(scene.room, actor=scene.other) as out, zipfile.ZipFile(out) as archive:
        names = set(archive.namelist())
        assert names == {
            "index.html", "data.json", "pages/001.html", "pages/002.html", "forum/001.html", "chat/001.html",
            "files/001-plan.pdf",
        }  # fmt: skip
        index = archive.read("index.html").decode()
        everything = "".join(archive.read(name).decode(errors="ignore") for name in names)
        data = json.loads(archive.read("data.json"))
        stored = [name for name in names if archive.getinfo(name).compress_type == zipfile.ZIP_STORED]
    assert stored == ["files/001-plan.pdf"]
    assert all(name in index for name in names - {"index.html", "data.json"})
    headings = re.findall(r"<h[23]>(.*?)</h[23]>", index)
    assert headings == [
        "Aims", "Who took part", "Pages", "Plan", "Meetings", "Forums", "Rivers", "Staff room", "Chat rooms", "Materials",
        "Maps", "Maps / Old", "Updates",
    ]  # fmt: skip
    assert "Pupils measure, compare and write together." in index
    assert [(folder["name"], folder["parent"]) for folder in data["folders"]] == [
        ("Maps", None), ("Old", str(scene.folder.pk)),
    ]  # fmt: skip
    assert "Anybody here?" in everything
    assert "Taken away" not in everything
    assert 'src="http' not in everything
    assert 'href="http' not in everything
    assert [post["text"] for post in data["posts"]] == ["Who?", "Me"]


def test_founders_remark_on_their_text_and_no_agency_reads_it() -> None:
    draft = project()
    one, other = (m.person for m in draft.founders)
    comment = comment_project(draft, actor=other, text=" Shorter? ", about="summary")
    assert (comment.text, comment.about) == ("Shorter?", "summary")
    with refused("code_unknown"):
        comment_project(draft, actor=other, text="Hm", about="state")
    with refused("not_permitted"):
        comment_project(draft, actor=teacher("FR"), text="Hm")
    assert list(ProjectComment.objects.visible_to(one)) == [comment]
    assert not ProjectComment.objects.visible_to(officer("FR")).exists()
    assert resolve_comment(comment, actor=one).resolved_at
    assert Event.objects.latest("pk").kind == "project.comment_resolved"
    with refused("already_done"):
        resolve_comment(comment, actor=one)


def test_an_agency_comments_beside_the_text_while_it_waits() -> None:
    waiting = project("PENDING_APPROVAL")
    one = waiting.founders[0].person
    comment = comment_project(waiting, actor=officer("FR"), text="Which months?", about="aims")
    assert (comment.country_id, comment.about) == ("FR", "aims")
    assert Event.objects.latest("pk").kind == "project.remarked"
    assert Notification.objects.filter(recipient=one, event__kind="project.remarked").count() == 1
    for reader in (one, officer("FR", role="VIEWER"), officer("PL"), central()):
        assert list(ProjectComment.objects.visible_to(reader)) == [comment]
    for stranger in (officer("DE"), teacher("FR"), None):
        assert not ProjectComment.objects.visible_to(stranger).exists()
    for actor in (officer("DE"), officer("FR", role="VIEWER"), teacher("FR"), central()):
        with refused("not_permitted"):
            comment_project(waiting, actor=actor, text="Hm")
    opened = project()
    with refused("not_permitted"):
        comment_project(opened, actor=officer("FR"), text="Hm")
    with refused("project_not_editable"):
        comment_project(waiting, actor=one, text="Hm")


def test_the_tracker_says_whose_turn_it_is() -> None:
    waiting = project("PENDING_APPROVAL")
    approve_project(waiting, actor=officer("FR"), side="FR")
    waiting = Project.objects.get(pk=waiting.pk)
    steps = [(step.kind, step.state, step.country) for step in steps_of(waiting)]
    assert steps == [
        ("TEXT", "DONE", ""), ("PARTNER", "DONE", ""), ("AGENCY", "DONE", "FR"), ("AGENCY", "NOW", "PL"),
        ("OPEN", "LATER", ""),
    ]  # fmt: skip
    late = steps_of(waiting)[3]
    assert not late.is_overdue
    with time_machine.travel(clock.now() + timedelta(days=30), tick=False):
        assert late.is_overdue
    draft, sent = project("DRAFT"), project("PENDING_PARTNER")
    assert [s.state for s in steps_of(draft)] == ["NOW", "LATER", "LATER", "LATER", "LATER"]
    assert steps_of(draft)[0].members == tuple(draft.founders)
    assert steps_of(sent)[1].members == (sent.founders[1],)
