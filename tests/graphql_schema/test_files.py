"""Addresses of files: for one reader, for a while, and only as long as they may read."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from backend.accounts.models import Person, PersonState
from backend.core import clock
from backend.moderation.actions.reports import report_content
from backend.projects.actions.ending import close_project
from backend.workspaces.actions.files import change_file, remove_file, upload_file
from backend.workspaces.actions.home import open_home
from backend.workspaces.actions.members import remove_pupil
from backend.workspaces.models import File, Workspace
from backend.workspaces.uploads.links import LIFE, export_address, file_address
from tests.factories.people import officer, teacher
from tests.factories.projects import pupil, workspace
from tests.factories.scene import pdf, photo
from tests.support.api import Api, body_of, gid

pytestmark = pytest.mark.django_db
FILES = "query($id: ID!) { workspace(id: $id) { exportUrl files(first: 5) { edges { node { url } } } } }"


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    return


@pytest.fixture
def room() -> Workspace:
    return workspace()


@pytest.fixture
def founder(room: Workspace) -> Person:
    return Person.objects.get(pk=room.project.founders[0].person_id)


@pytest.fixture
def file(room: Workspace, founder: Person) -> File:
    return upload_file(room, actor=founder, upload=photo())


def addresses(api: Any, room: Workspace) -> list[str]:
    """Those of the first file and of the whole workspace, as the API gives them."""
    given = api.ask(FILES, id=gid(room))["workspace"]
    return [given["files"]["edges"][0]["node"]["url"], given["exportUrl"]]


def status(address: str, person: Person | None = None) -> int:
    client = Client()
    if person:
        client.force_login(person)
    answer = client.get(address)
    if answer.streaming:
        body_of(answer)  # closes the file
    return int(answer.status_code)


def test_an_address_is_good_for_a_while_and_for_one_who_is_there(room: Workspace, founder: Person, file: File) -> None:
    for address in addresses(Api(founder), room):
        assert status(address, founder) == 200
        assert status(address) == 404
        for wrong in (address.partition("?")[0], address[:-1], address + "x", address.replace("key=", "key=9")):
            assert status(wrong) == status(wrong, founder) == 404
        with time_machine.travel(clock.now() + timedelta(seconds=2 * LIFE), tick=False):
            assert status(address) == status(address, founder) == 404


def test_an_address_stays_the_same_for_a_while(founder: Person, file: File) -> None:
    with time_machine.travel("2026-03-06T12:00:00Z", tick=False) as now:
        first = file_address(file.pk, founder)
        now.shift(LIFE - 1)
        assert file_address(file.pk, founder) == first
        assert status(first, founder) == 200
        now.shift(1)
        assert file_address(file.pk, founder) != first
        assert status(first, founder) == 200
        now.shift(LIFE)
        assert status(first, founder) == 404


def test_an_address_is_of_one_file_and_one_page(room: Workspace, founder: Person, file: File) -> None:
    other = upload_file(room, actor=founder, upload=pdf())
    key = file_address(file.pk, founder).partition("?")[2]
    assert status(f"/files/{file.pk}?{key}", founder) == 200
    assert status(f"/files/{other.pk}?{key}", founder) == 404
    assert status(f"/exports/{room.pk}.zip?{key}", founder) == 404
    assert status(f"/files/{file.pk}?{export_address(file.pk, founder).partition('?')[2]}", founder) == 404


def test_nobody_else(room: Workspace, founder: Person, file: File) -> None:
    child = pupil(room, actor=founder)
    address = file_address(file.pk, founder)
    assert [status(address, person) for person in (founder, child, teacher("FR"))] == [200, 404, 404]
    assert status(address) == 404
    stranger = teacher("FR")
    assert status(file_address(file.pk, stranger), stranger) == 404


def test_rights_are_looked_at_when_it_is_read(room: Workspace, founder: Person, file: File) -> None:
    child = pupil(room, actor=founder)
    given = {person: file_address(file.pk, person) for person in (founder, child)}
    assert [status(address, person) for person, address in given.items()] == [200, 200]
    membership = room.memberships.get(person=child)
    remove_pupil(membership, actor=founder)
    assert [status(address, person) for person, address in given.items()] == [200, 404]
    Person.objects.filter(pk=founder.pk).update(state=PersonState.SUSPENDED)
    assert status(given[founder], founder) == 404
    Person.objects.filter(pk=founder.pk).update(state=PersonState.VALIDATED)
    assert status(given[founder], founder) == 200
    remove_file(file, actor=founder)
    assert status(given[founder], founder) == 404


def test_a_reported_photo_is_hidden_at_once(room: Workspace, founder: Person, file: File) -> None:
    address = file_address(file.pk, founder)
    report_content(file, actor=founder, category="PERSONAL_DATA")
    assert status(address, founder) == 404


def test_what_everybody_may_see_needs_an_address_too(room: Workspace, founder: Person, file: File) -> None:
    assert status(file_address(file.pk, None)) == 404
    open_home(room, actor=founder, is_public=True)
    change_file(file, actor=founder, audience="PUBLIC")
    assert status(file_address(file.pk, None)) == status(file_address(file.pk, None), teacher("IT")) == 200
    assert status(f"/files/{file.pk}") == 404


def test_how_it_is_served(room: Workspace, founder: Person, file: File) -> None:
    document = upload_file(room, actor=founder, upload=pdf())
    signed_in = Client()
    signed_in.force_login(founder)
    for shown, disposition, media_type in (
        (file, 'inline; filename="river.jpg"', "image/jpeg"),
        (document, 'attachment; filename="plan.pdf"', "application/pdf"),
    ):
        answer = signed_in.get(file_address(shown.pk, founder))
        body_of(answer)
        assert {name: answer[name] for name in ("Content-Disposition", "Content-Type", "X-Content-Type-Options")} == {
            "Content-Disposition": disposition,
            "Content-Type": media_type,
            "X-Content-Type-Options": "nosniff",
        }
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Referrer-Policy"] == "same-origin"


def test_closing_takes_no_address_away_but_an_officer_has_none(room: Workspace, founder: Person, file: File) -> None:
    address = file_address(file.pk, founder)
    close_project(room.project, actor=founder)
    assert status(address, founder) == 200
    somebody = officer("FR")
    assert status(file_address(file.pk, somebody), somebody) == 404
