"""Every text stays editable, keeps its versions, and tells who wrote on an old one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from backend.core import clock
from backend.core.guards import TextConflict
from backend.notifications.models import Notification
from backend.projects.actions.ending import close_project
from backend.workspaces.actions import discussions, home, plan, updates
from backend.workspaces.models import TextVersion
from tests.factories.scene import Scene
from tests.support.refusals import refused

Edit = Callable[[Any, int, str], Any]
EDITS: dict[str, tuple[str, str, Edit]] = {
    "post": ("text", "Me", lambda s, n, t: discussions.edit_post(s.post, actor=s.founder, text=t, expected_version=n)),
    "update": ("text", "News", lambda s, n, t: updates.edit_update(s.update, actor=s.founder, text=t, expected_version=n)),
    "thread": (
        "title", "Hello",
        lambda s, n, t: discussions.rename_thread(s.thread, actor=s.other, title=t, expected_version=n),
    ),
    "discussion": (
        "title", "Rivers",
        lambda s, n, t: discussions.edit_discussion(s.discussion, actor=s.other, title=t, expected_version=n),
    ),
    "activity": ("title", "Measure", lambda s, n, t: plan.edit_activity(s.activity, actor=s.other, title=t, expected_version=n)),
    "meeting": ("title", "Hello", lambda s, n, t: plan.edit_meeting(s.meeting, actor=s.other, title=t, expected_version=n)),
    "room": ("description", "", lambda s, n, t: home.edit_home(s.room, actor=s.other, description=t, expected_version=n)),
}  # fmt: skip


@pytest.mark.parametrize("name", list(EDITS))
def test_an_edit_keeps_what_was_there(scene: Scene, name: str) -> None:
    field, was, edit = EDITS[name]
    thing = edit(scene, 1, "  New  ")
    assert (getattr(thing, field), thing.version) == ("New", 2)
    assert [(v.number, v.text[field]) for v in thing.versions.all()] == [(2, "New"), (1, was)]
    author = None if name == "room" else scene.founder
    assert thing.versions.get(number=1).author == author
    assert thing.versions.get(number=1).saved_at == thing.created_at
    with pytest.raises(TextConflict) as conflict:
        edit(scene, 1, "Mine")
    assert (conflict.value.version, conflict.value.stored, conflict.value.typed) == (2, {field: "New"}, {field: "Mine"})
    before = TextVersion.objects.count()
    assert edit(scene, 2, "New").version == 2
    assert TextVersion.objects.count() == before
    close_project(scene.room.project, actor=scene.founder)
    scene.room.refresh_from_db()
    with refused("workspace_read_only"):
        edit(_fresh(scene), 2, "Too late")


def _fresh(scene: Scene) -> Scene:
    for thing in (scene.post, scene.update, scene.thread, scene.discussion, scene.activity, scene.meeting, scene.room):
        thing.refresh_from_db()
    return scene


def test_only_the_author_corrects_news(scene: Scene) -> None:
    with refused("not_permitted"):
        updates.edit_update(scene.update, actor=scene.other, text="Mine", expected_version=1)
    mine = updates.post_update(scene.room, actor=scene.helper.person, text="A pupil administrator's")
    edited = updates.edit_update(mine, actor=scene.helper.person, text="Better", expected_version=1)
    assert edited.edited_at
    with refused("required"):
        updates.edit_update(mine, actor=scene.helper.person, text=" ", expected_version=2)
    updates.remove_update(mine, actor=scene.other)
    with refused("removed"):
        updates.edit_update(mine, actor=scene.helper.person, text="Again", expected_version=2)


def test_forums_are_the_administrators(scene: Scene) -> None:
    with refused("not_permitted"):
        discussions.edit_discussion(scene.discussion, actor=scene.helper.person, title="Mine", expected_version=1)
    started = discussions.start_thread(scene.discussion, actor=scene.helper.person, title="Hi", text="Hi")
    assert discussions.rename_thread(started, actor=scene.helper.person, title="Ho", expected_version=1).title == "Ho"
    with refused("not_permitted"):
        discussions.rename_thread(started, actor=scene.pupil.person, title="Mine", expected_version=2)


def test_a_moved_meeting_is_told_to_the_teachers(scene: Scene) -> None:
    start = clock.now() + timedelta(days=3)
    with refused("dates_reversed"):
        plan.edit_meeting(scene.meeting, actor=scene.other, expected_version=1, starts_at=start, ends_at=start)
    with refused("meeting_link_missing"):
        plan.edit_meeting(scene.meeting, actor=scene.other, expected_version=1, link="")
    plan.edit_meeting(
        scene.meeting, actor=scene.other, expected_version=1, starts_at=start, ends_at=start + timedelta(hours=1)
    )
    plan.cancel_meeting(scene.meeting, actor=scene.other)
    told = Notification.objects.filter(event__subject_id=scene.meeting.pk).order_by("pk")
    assert [(row.recipient, row.event.kind) for row in told] == [
        (scene.other, "workspace.meeting_planned"),
        (scene.founder, "workspace.meeting_edited"),
        (scene.founder, "workspace.meeting_cancelled"),
    ]
    with refused("not_permitted"):
        plan.edit_meeting(scene.meeting, actor=scene.pupil.person, expected_version=2, title="Mine")


def test_news_are_told_to_the_other_teachers_but_not_in_a_crowd(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Notification.objects.filter(event__kind="workspace.update_posted")
    assert [row.recipient for row in told] == [scene.other]
    monkeypatch.setattr("backend.workspaces.events.content.CROWD", 1)
    updates.post_update(scene.room, actor=scene.founder, text="More")
    assert told.count() == 1
