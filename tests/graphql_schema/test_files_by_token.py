"""Pictures of front ends that sign in by token: `<img>` sends none, so their addresses open once."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from backend.accounts.models import Person
from backend.accounts.sign_in import issue_token
from backend.core import clock
from backend.privacy.actions import export_my_data
from backend.workspaces.actions.files import upload_file
from backend.workspaces.models import Workspace
from graphql_schema.http.once import KEPT, WITHIN
from tests.factories.people import teacher
from tests.factories.projects import pupil, workspace
from tests.factories.scene import photo
from tests.graphql_schema.test_files import addresses, storage
from tests.support.api import Api, body_of

pytestmark = pytest.mark.django_db
__all__ = ["storage"]


@pytest.fixture
def room() -> Workspace:
    return workspace()


@pytest.fixture
def founder(room: Workspace) -> Person:
    person = Person.objects.get(pk=room.project.founders[0].person_id)
    upload_file(room, actor=person, upload=photo())
    return person


def bearer(person: Person) -> dict[str, str]:
    return {"Authorization": f"Bearer {issue_token(person)}"}


def status(client: Client, address: str, **headers: str) -> int:
    answer = client.get(address, headers=headers)
    if answer.streaming:
        body_of(answer)
    return int(answer.status_code)


def test_the_first_browser_has_it_and_nobody_after(room: Workspace, founder: Person) -> None:
    for address in addresses(Api(**bearer(founder)), room):
        page, thief = Client(), Client()
        assert [status(page, address), status(thief, address)] == [200, 404]
        assert status(page, address, Range="bytes=0-9") in {200, 206}  # a film is read in pieces
        cookie = page.cookies["opened"]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (address.partition("?")[0], True, "Lax")


def test_it_opens_within_half_a_minute(room: Workspace, founder: Person) -> None:
    with time_machine.travel(clock.now(), tick=False) as now:
        late, soon = (addresses(Api(**bearer(founder)), room)[0] for _ in range(2))
        page = Client()
        now.shift(WITHIN - 1)
        assert status(page, soon) == 200
        now.shift(2)
        assert status(Client(), late) == 404
        assert status(page, soon) == 200
        now.shift(KEPT)
        assert status(page, soon) == 404


def test_with_the_token_it_opens_as_often_as_one_likes(room: Workspace, founder: Person) -> None:
    address = addresses(Api(**bearer(founder)), room)[0]
    with time_machine.travel(clock.now() + timedelta(minutes=10)):
        assert [status(Client(), address, **bearer(founder)) for _ in range(2)] == [200, 200]
        for other in (teacher("FR"), pupil(room, actor=founder)):
            assert status(Client(), address, **bearer(other)) == 404


def test_somebody_else_does_not_use_it_up(room: Workspace, founder: Person) -> None:
    address = addresses(Api(**bearer(founder)), room)[0]
    other = Client()
    other.force_login(teacher("PL"))
    assert [status(other, address), status(Client(), address)] == [404, 200]


def test_what_opens_once_opens_one_file(room: Workspace, founder: Person) -> None:
    file, archive = addresses(Api(**bearer(founder)), room)
    elsewhere = addresses(Api(**bearer(founder)), room)[1].partition("once=")[2]
    for forged in (f"{file.partition('once=')[0]}once={elsewhere}", f"{file}x", file.partition("&once")[0]):
        assert status(Client(), forged) == 404
    page = Client()
    assert status(page, file) == 200
    page.cookies["opened"]["path"] = "/"
    assert status(Client(), archive) == 200
    assert status(page, archive) == 404  # the cookie of one address is none of another


def test_an_address_of_ones_own_gives_no_mark_for_somebody_elses(room: Workspace, founder: Person) -> None:
    file, archive = addresses(Api(**bearer(founder)), room)
    leaked = archive.partition("once=")[2]
    thief = Api(founder)
    own = addresses(thief, room)[0]
    assert status(thief.client, f"{own}&once={leaked}") == 200
    assert "opened" not in thief.client.cookies
    assert status(Client(), file) == 200


def test_an_address_for_a_cookie_never_opens_without(room: Workspace, founder: Person) -> None:
    api = Api(founder)
    for address in addresses(api, room):
        assert "once=" not in address
        assert [status(Client(), address), status(api.client, address), status(api.client, address)] == [404, 200, 200]


def test_what_is_known_about_oneself(founder: Person) -> None:
    path = f"/my-data/{export_my_data(founder, actor=founder)}"
    assert [status(Client(), path), status(Client(), path, **bearer(founder))] == [404, 200]
    assert status(Client(), path, **bearer(teacher("FR"))) == 404
    given = Api(**bearer(founder)).do("exportMyData", "... on DataExport { url }")["url"]
    once = given[given.index("/my-data/") :]
    assert [status(Client(), once), status(Client(), once)] == [200, 404]
