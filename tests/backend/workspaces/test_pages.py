"""Pages: who sees drafts, who edits, what is kept, and what the world is shown."""

import pytest

from backend.core.guards import TextConflict
from backend.notifications.models import Notification
from backend.workspaces.actions import files, home, pages
from backend.workspaces.models import Page, PageVersion, PublicHome
from tests.factories.people import teacher
from tests.factories.scene import Scene
from tests.support.refusals import refused


def titles(person: object) -> list[str]:
    seen = Page.objects.visible_to(person)  # type: ignore[arg-type]
    return list(seen.order_by("position").values_list("title", flat=True))


def test_a_draft_is_for_its_author_the_chosen_and_teachers(scene: Scene) -> None:
    pupil, helper = scene.pupil.person, scene.helper.person
    mine = pages.write_page(scene.room, actor=helper, title="Mine", editors="CHOSEN", chosen=[scene.pupil])
    assert titles(scene.founder) == ["Draft", "Page", "Mine"]
    assert titles(helper) == titles(pupil) == ["Page", "Mine"]
    assert titles(teacher("ES")) == titles(None) == []
    edited = pages.edit_page(mine, actor=pupil, text="Ours", expected_version=1)
    assert (edited.text, edited.version) == ("Ours", 2)
    with refused("not_permitted"):
        pages.publish_page(mine, actor=helper)
    pages.arrange_page(mine, actor=scene.founder, editors="STAFF")
    assert pages.publish_page(mine, actor=scene.other).published_at
    told = Notification.objects.filter(event__subject_id=mine.pk).values_list("recipient", flat=True)
    assert set(told) == {helper.pk, scene.founder.pk}
    with refused("page_published"):
        pages.publish_page(mine, actor=scene.other)


def test_every_version_is_kept_and_a_conflict_loses_nothing(scene: Scene) -> None:
    pages.edit_page(scene.page, actor=scene.other, text="Better", expected_version=1)
    with pytest.raises(TextConflict) as conflict:
        pages.edit_page(scene.page, actor=scene.founder, text="Best", expected_version=1)
    assert conflict.value.stored == {"title": "Page", "text": "Better"}
    assert conflict.value.typed == {"title": "Page", "text": "Best"}
    kept = PageVersion.objects.filter(page=scene.page).values_list("number", "text", "author")
    assert list(kept) == [(2, "Better", scene.other.pk), (1, "Ready", scene.founder.pk)]


def test_what_is_refused(scene: Scene) -> None:
    empty = pages.write_page(scene.room, actor=scene.founder, title="Empty")
    with refused("required"):
        pages.publish_page(empty, actor=scene.founder)
    with refused("required"):
        pages.write_page(scene.room, actor=scene.founder, title=" ")
    with refused("not_permitted"):
        pages.write_page(scene.room, actor=scene.pupil.person, title="Mine")
    with refused("not_permitted"):
        pages.write_page(scene.room, actor=scene.helper.person, title="Mine", audience="STAFF")
    with refused("page_published"):
        pages.arrange_page(scene.page, actor=scene.founder, audience="STAFF")
    pages.remove_page(scene.page, actor=scene.founder)
    with refused("removed"):
        pages.edit_page(scene.page, actor=scene.founder, text="Again", expected_version=1)


def test_the_world_sees_nothing_until_a_founder_says_so(scene: Scene) -> None:
    pages.arrange_page(scene.page, actor=scene.founder, audience="PUBLIC")
    photo = files.change_file(scene.photo(), actor=scene.founder, audience="PUBLIC")
    home.edit_home(scene.room, actor=scene.founder, description="Hello", image=photo, expected_version=1)
    assert (titles(None), list(PublicHome.objects.visible_to(None))) == ([], [])
    home.open_home(scene.room, actor=scene.other, is_public=True)
    assert titles(None) == titles(teacher("ES")) == ["Page"]
    assert [h.description for h in PublicHome.objects.visible_to(None)] == ["Hello"]
    assert type(photo).objects.visible_to(None).get() == photo
    home.open_home(scene.room, actor=scene.founder, is_public=False)
    assert (titles(None), type(photo).objects.visible_to(None).count()) == ([], 0)


def test_only_founders_open_the_home(scene: Scene) -> None:
    with refused("not_permitted"):
        home.open_home(scene.room, actor=scene.helper.person, is_public=True)
    with refused("not_permitted"):
        home.edit_home(scene.room, actor=scene.pupil.person, description="Mine", expected_version=1)
    with pytest.raises(TextConflict):
        home.edit_home(scene.room, actor=scene.other, description="Old", expected_version=0)
    with refused("not_found"):
        home.edit_home(scene.room, actor=scene.other, image=scene.file, expected_version=1)


def test_the_image_of_the_home_is_taken_off(scene: Scene) -> None:
    room = home.edit_home(scene.room, actor=scene.founder, image=scene.photo(), expected_version=1)
    room = home.edit_home(room, actor=scene.founder, description="Ours", expected_version=2)
    assert room.image
    room = home.edit_home(room, actor=scene.founder, image=None, expected_version=3)
    assert (room.image, room.description) == (None, "Ours")
