"""Parents take their consent back while somebody publishes: nothing stays before the world, and nobody waits for ever."""

from collections.abc import Callable
from typing import Any

import pytest

from backend.projects.actions.drafting import edit_project
from backend.workspaces.actions import files, home, pages, roles
from backend.workspaces.models import File, Page, Workspace
from tests.backend.races import overtaken
from tests.factories.scene import Scene, pdf
from tests.support.refusals import codes_of

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
CHECKED = "workspaces_consent"  # the statement that reads what parents agreed to
LAST = 'UPDATE "eventlog_stream"'


def agree(scene: Scene, *, is_given: bool) -> Any:
    return roles.note_consent(scene.pupil, actor=scene.founder, kind="NAME", is_given=is_given)


def a_page(scene: Scene, **more: Any) -> Page:
    return pages.write_page(scene.room, actor=scene.founder, title="Our river", text="By Lina", audience="PUBLIC")


def published(scene: Scene) -> Callable[[], Any]:
    page = a_page(scene)
    return lambda: pages.publish_page(page, actor=scene.founder)


def edited(scene: Scene) -> Callable[[], Any]:
    page = pages.publish_page(a_page(scene), actor=scene.founder)
    return lambda: pages.edit_page(page, actor=scene.founder, text="By Lina too", expected_version=1)


def described(scene: Scene) -> Callable[[], Any]:
    file = files.upload_file(scene.room, actor=scene.founder, upload=pdf(), audience="PUBLIC")
    return lambda: files.change_file(file, actor=scene.founder, caption="By Lina")


def linked(scene: Scene) -> Callable[[], Any]:
    return lambda: files.add_link(
        scene.room, actor=scene.founder, link="https://a.example", name="Lina", audience="PUBLIC"
    )


def welcomed(scene: Scene) -> Callable[[], Any]:
    home.open_home(scene.room, actor=scene.founder, is_public=True)
    return lambda: home.edit_home(scene.room, actor=scene.founder, description="Lina’s class", expected_version=1)


def retold(scene: Scene) -> Callable[[], Any]:
    room = home.open_home(scene.room, actor=scene.founder, is_public=True)
    version = room.project.version
    return lambda: edit_project(room.project, actor=scene.founder, expected_version=version, title="Lina’s rivers")


@pytest.mark.parametrize(
    ("rule", "before"),
    [(published, CHECKED), (edited, LAST), (described, LAST), (linked, CHECKED), (welcomed, LAST), (retold, CHECKED)],
)
def test_what_is_published_meanwhile_is_withdrawn(
    scene: Scene, rule: Callable[[Scene], Callable[[], Any]], before: str
) -> None:
    agree(scene, is_given=True)
    overtaken(rule(scene), lambda: agree(scene, is_given=False), before=before)
    public = [
        *Page.objects.filter(audience="PUBLIC", text__contains="Lina").exclude(published_at=None),
        *File.objects.filter(audience="PUBLIC", name__contains="Lina"),
        *File.objects.filter(audience="PUBLIC", caption__contains="Lina"),
        *Workspace.objects.filter(is_public=True, description__contains="Lina"),
        *Workspace.objects.filter(is_public=True, project__title__contains="Lina"),
    ]
    assert public == []


def test_who_publishes_after_it_is_refused(scene: Scene) -> None:
    agree(scene, is_given=True)
    publish = published(scene)
    _, refusal = overtaken(lambda: agree(scene, is_given=False), publish, before=LAST)
    assert codes_of(refusal) == {"name_not_agreed"}  # type: ignore[arg-type]
