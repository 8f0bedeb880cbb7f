"""Who opens, starts, writes, corrects and removes; and what stays outside."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from backend.accounts.models import Person
from backend.core.guards import TextConflict
from backend.eventlog.models import Entry, Event, Stream
from backend.notifications.models import Notification
from backend.projects.models import Project
from backend.workspaces.actions.discussions import (
    add_post,
    edit_post,
    open_discussion,
    remove_post,
    start_thread,
)
from backend.workspaces.actions.members import add_pupils, remove_pupil, reset_pupil_password
from backend.workspaces.actions.updates import post_update
from backend.workspaces.models import Discussion, Post, Thread, Update, Workspace
from tests.factories.people import central, officer, teacher
from tests.factories.projects import pupil, workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Workspace:
    return workspace()


@pytest.fixture
def founder(room: Workspace) -> Person:
    return room.project.founders[0].person


@pytest.fixture
def thread(room: Workspace, founder: Person) -> Thread:
    discussion = open_discussion(room, actor=founder, title="Our rivers")
    return start_thread(discussion, actor=founder, title="Hello", text="Who are you?")


def test_a_conversation(room: Workspace, founder: Person, thread: Thread) -> None:
    child = pupil(room, actor=founder)
    post = add_post(thread, actor=child, text="I am Lina.\n")
    assert (post.text, post.author) == ("I am Lina.", child)
    edited = edit_post(post, actor=child, text="I am Lina!", expected_version=1)
    assert (edited.text, edited.version) == ("I am Lina!", 2)
    with pytest.raises(TextConflict):
        edit_post(post, actor=child, text="Old", expected_version=1)
    with pytest.raises(PermissionDenied):
        edit_post(post, actor=founder, text="Corrected", expected_version=2)
    assert remove_post(post, actor=founder).is_removed
    with pytest.raises(ValidationError) as removed:
        edit_post(post, actor=child, text="Again", expected_version=2)
    assert removed.value.code == "removed"


def test_what_pupils_may_not(room: Workspace, founder: Person, thread: Thread) -> None:
    child = pupil(room, actor=founder)
    before = Event.objects.count()
    teachers_post = thread.posts.get()
    for attempt in (
        lambda: open_discussion(room, actor=child, title="Mine"),
        lambda: start_thread(thread.discussion, actor=child, title="Mine", text="Mine"),
        lambda: post_update(room, actor=child, text="News"),
        lambda: remove_post(teachers_post, actor=child),
        lambda: add_pupils(room, actor=child, given_names=["Friend"]),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert Event.objects.count() == before


def test_outsiders_neither_see_nor_write(room: Workspace, founder: Person, thread: Thread) -> None:
    post_update(room, actor=founder, text="We met today.")
    other_room = workspace(title="Bridges")
    outside_pupil = pupil(other_room, actor=other_room.project.founders[0].person)
    before = Event.objects.count()
    for actor in (teacher("FR"), officer("FR"), central(), outside_pupil):
        for model in (Discussion, Thread, Post, Update):
            assert not model.objects.visible_to(actor).filter(workspace=room).exists()  # type: ignore[attr-defined]
        with pytest.raises(PermissionDenied):
            add_post(thread, actor=actor, text="Let me in")
    assert Event.objects.count() == before


def test_a_closed_workspace_is_read_only(room: Workspace, founder: Person, thread: Thread) -> None:
    Project.objects.filter(pk=room.project_id).update(state="CLOSED")
    thread = Thread.objects.get(pk=thread.pk)
    with pytest.raises(ValidationError) as refused:
        add_post(thread, actor=founder, text="Too late")
    assert refused.value.code == "workspace_read_only"


def test_pupils_get_words(room: Workspace, founder: Person) -> None:
    cards = add_pupils(room, actor=founder, given_names=[" Léa ", "Jan"])
    people = [card.membership.person for card in cards]
    assert [p.given_name for p in people] == ["Léa", "Jan"]
    assert [p.login.rsplit("-", 1)[0] for p in people] == ["lea", "jan"]
    assert all(p.email == "" and p.check_password(c.password) for p, c in zip(people, cards, strict=True))
    assert all(len(card.password.split("-")) == 4 for card in cards)
    card = reset_pupil_password(cards[0].membership, actor=room.project.founders[1].person)
    people[0].refresh_from_db()
    assert people[0].check_password(card.password)
    with pytest.raises(PermissionDenied):
        reset_pupil_password(cards[0].membership, actor=people[1])
    with pytest.raises(ValidationError):
        add_pupils(room, actor=founder, given_names=["x"] * 61)
    with pytest.raises(ValidationError):
        add_pupils(room, actor=founder, given_names=["Ok", " "])
    assert room.memberships.count() == 4


def told_of(thing: Post | Thread) -> set[Person]:
    return {entry.recipient for entry in Notification.objects.filter(event__subject_id=thing.pk)}


def test_a_reply_reaches_who_wrote_in_the_thread(room: Workspace, founder: Person, thread: Thread) -> None:
    other = room.project.founders[1].person
    first, *more = (pupil(room, actor=founder, given_name=f"P{n}") for n in range(10))
    add_post(thread, actor=first, text="One")
    assert told_of(add_post(thread, actor=other, text="Two")) == {founder, first}
    remove_pupil(room.memberships.get(person=first), actor=founder)
    assert told_of(add_post(thread, actor=founder, text="Three")) == {other}
    for one in more[:-1]:
        add_post(thread, actor=one, text="Me too")
    assert told_of(add_post(thread, actor=founder, text="All")) == {other, *more[:-1]}
    add_post(thread, actor=more[-1], text="Me too")
    assert told_of(add_post(thread, actor=other, text="A crowd")) == {founder}


def test_teachers_are_told_of_a_thread_in_the_staff_room(room: Workspace, founder: Person, thread: Thread) -> None:
    board = open_discussion(room, actor=founder, title="Staff room", audience="STAFF")
    started = start_thread(board, actor=founder, title="Marks", text="Which?")
    assert told_of(started) == {room.project.founders[1].person}
    assert told_of(thread) == set()


def test_the_stream_has_no_gaps(room: Workspace, founder: Person, thread: Thread) -> None:
    for n in range(5):
        add_post(thread, actor=founder, text=f"Post {n}")
    seqs = list(Entry.objects.filter(stream=room.pk).order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, 9))
    assert Stream.objects.get(pk=room.pk).head == 8
    kinds = Entry.objects.filter(stream=room.pk).order_by("seq").values_list("event__kind", flat=True)
    assert list(kinds)[:3] == ["workspace.opened", "workspace.discussion_opened", "workspace.thread_started"]
