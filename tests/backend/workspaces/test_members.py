"""Class lists, roles, guests, and the staff room's walls."""

from datetime import timedelta

import pytest
import time_machine

from backend.accounts.models import PersonState
from backend.core import clock
from backend.projects.actions.partners import answer_invitation, invite_partner
from backend.workspaces.actions import discussions, members, roles
from backend.workspaces.models import Discussion, Post, Thread, WorkspaceMembership
from backend.workspaces.output.cards import printable_cards
from backend.workspaces.search import search_inside
from tests.factories.scene import Scene
from tests.support.refusals import refused


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("given_name\nLina\nHugo\n", ["Lina", "Hugo"]),
        ("\ufeffNom;Prénom\nMartin;Zoé\nDurand;\nPetit;Léo", ["Zoé", "Léo"]),
        ('Name,Class\n"Anna, Maria",7b\n', ["Anna, Maria"]),
        ("given_name\tgroup\nJan\t1\n\n", ["Jan"]),
    ],
)
def test_class_lists_as_schools_keep_them(text: str, names: list[str]) -> None:
    assert members.names_in_list(text) == names


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "list_column_missing"), ("Lina\nHugo", "list_column_missing"), ("a,given_name\n1", "list_unreadable"),
     ('given_name\n"Lina', "list_unreadable")],
)  # fmt: skip
def test_lists_that_cannot_be_read(db: None, text: str, code: str) -> None:
    with refused(code):
        members.names_in_list(text)


def test_cards_are_a_page_that_escapes_names() -> None:
    page = printable_cards([("<b>Zoé</b>", "zoe-1234", "river moon stone")])
    assert "&lt;b&gt;Zoé&lt;/b&gt;" in page
    assert all(word in page for word in ("zoe-1234", "river moon stone"))
    assert "http" not in page.replace("http://127.0.0.1:8000", "")


def test_a_removed_pupil_is_gone_and_the_words_stay(scene: Scene) -> None:
    post = discussions.add_post(scene.thread, actor=scene.pupil.person, text="Mine")
    gone = members.remove_pupil(scene.pupil, actor=scene.other)
    gone.person.refresh_from_db()
    assert (gone.person.state, gone.person.is_active) == (PersonState.REVOKED, False)
    assert Post.objects.get(pk=post.pk).text == "Mine"
    with refused("not_permitted"):
        members.remove_pupil(scene.pupil, actor=scene.other)


def test_roles_stay_of_their_kind(scene: Scene) -> None:
    for role in ("MEMBER", "GUEST"):
        with refused("role_of_another_kind"):
            roles.set_member_role(scene.pupil, actor=scene.other, role=role)
    mine = scene.room.memberships.get(person=scene.founder)
    with refused("founder_stays"):
        roles.set_member_role(mine, actor=scene.other, role="MEMBER")
    with refused("not_permitted"):
        roles.set_member_role(mine, actor=scene.founder, role="MEMBER")
    with refused("not_permitted"):
        roles.set_member_role(scene.pupil, actor=scene.helper.person, role="PUPIL_ADMINISTRATOR")


def test_a_guest_reads_until_the_visit_ends(scene: Scene) -> None:
    until = clock.now() + timedelta(days=2)
    with refused("visit_too_long"):
        roles.invite_guest(scene.room, actor=scene.founder, person=scene.visitor, until=until + timedelta(days=400))
    roles.invite_guest(scene.room, actor=scene.founder, person=scene.visitor, until=until)
    with refused("already_in_project"):
        roles.invite_guest(scene.room, actor=scene.founder, person=scene.visitor, until=until)
    assert Thread.objects.visible_to(scene.visitor).count() == 1
    assert not Discussion.objects.visible_to(scene.visitor).filter(audience="STAFF").exists()
    with refused("not_permitted"):
        discussions.add_post(scene.thread, actor=scene.visitor, text="Me?")
    with time_machine.travel(until + timedelta(seconds=1), tick=False):
        assert Thread.objects.visible_to(scene.visitor).count() == 0
        again = clock.now() + timedelta(days=1)
        roles.invite_guest(scene.room, actor=scene.founder, person=scene.visitor, until=again)
    assert WorkspaceMembership.objects.filter(person=scene.visitor).count() == 2


@pytest.mark.parametrize("days", [0, 3], ids=["while visiting", "when the visit has expired"])
def test_a_guest_becomes_a_partner(scene: Scene, days: int) -> None:
    until = clock.now() + timedelta(days=2)
    visit = roles.invite_guest(scene.room, actor=scene.founder, person=scene.visitor, until=until)
    with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
        invitation = invite_partner(scene.room.project, actor=scene.founder, person=scene.visitor)
        answer_invitation(invitation, actor=scene.visitor, accepts=True)
        visit.refresh_from_db()
        mine = WorkspaceMembership.objects.get(person=scene.visitor, left_at=None)
        assert (visit.left_at, mine.role, mine.expires_at) == (clock.now(), "MEMBER", None)
        assert discussions.add_post(scene.thread, actor=scene.visitor, text="Me!").text == "Me!"


def test_the_staff_room_is_for_teachers(scene: Scene) -> None:
    thread = discussions.start_thread(scene.board, actor=scene.other, title="Marks", text="Confidential marks")
    for person, sees in ((scene.founder, True), (scene.pupil.person, False), (scene.helper.person, False)):
        assert Discussion.objects.visible_to(person).filter(pk=scene.board.pk).exists() is sees
        assert Thread.objects.visible_to(person).filter(pk=thread.pk).exists() is sees
        assert Post.objects.visible_to(person).filter(thread=thread).exists() is sees
        found = search_inside(scene.room, person, "confidential marks")
        assert len(found) == sees
    with refused("not_permitted"):
        discussions.start_thread(scene.board, actor=scene.helper.person, title="Mine", text="Mine")
    with refused("not_permitted"):
        discussions.add_post(thread, actor=scene.pupil.person, text="Mine")


def test_search_finds_every_kind_and_nothing_without_words(scene: Scene) -> None:
    words = {"News": "Update", "plan.pdf": "File", "Measure": "Activity", "Anybody here": "ChatMessage",
             "ready page": "Page", "who?": "Post"}  # fmt: skip
    for word, kind in words.items():
        found = [type(row).__name__ for row in search_inside(scene.room, scene.pupil.person, word)]
        assert kind in found, word
    assert search_inside(scene.room, scene.founder, "  ") == []
