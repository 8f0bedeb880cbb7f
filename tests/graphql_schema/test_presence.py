"""Who is in a workspace and where they type, and how streams end with the sign-in they were opened with."""

import pytest
from django.test import Client

from backend.accounts.sign_in import sign_out_everywhere
from backend.eventlog.models import Entry
from backend.workspaces.presence import Presence
from tests.graphql_schema.transport.test_websocket import FOLLOW, Scene
from tests.support.api import gid
from tests.support.server import Server
from tests.support.sockets import ask, receive, socket, subscribe, update

pytestmark = [pytest.mark.live, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

WHO = """subscription($id: ID!) { presenceUpdates(workspaceId: $id) { __typename ... on AccessEnded { reason }
  ... on PresentNow { count members { person { name } } typing { member { person { name } } thread { title } } } } }"""

RESET = "mutation($id: ID!) { resetPupilPassword(input: {membershipId: $id}) { __typename } }"


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return Scene()


def names(now: dict) -> list[str]:
    return sorted(member["person"]["name"] for member in now["members"])


async def test_who_follows_is_present_until_they_leave(scene: Scene, server: Server) -> None:
    founder, lina = str(scene.founder), str(scene.pupil)
    async with socket(server, scene.token(scene.founder)) as one:
        assert names(await subscribe(one, WHO, id=gid(scene.room))) == [founder]
        async with socket(server, scene.token(scene.pupil)) as two:
            assert names(await subscribe(two, WHO, id=gid(scene.room))) == sorted([founder, lina])
            now = await update(one)
            assert (now["count"], names(now), now["typing"]) == (2, sorted([founder, lina]), [])
        assert names(await update(one)) == [founder]


async def test_typing_is_seen_and_leaves_no_trace(scene: Scene, server: Server) -> None:
    async with socket(server, scene.token(scene.founder)) as one, socket(server, scene.token(scene.pupil)) as two:
        await subscribe(one, WHO, id=gid(scene.room))
        await subscribe(two, WHO, id=gid(scene.room))
        await update(one)
        room, thread = gid(scene.room), gid(scene.thread)
        await scene.do(server, scene.pupil, "setPresence", workspaceId=room, typingIn=thread)
        typing = [{"member": {"person": {"name": str(scene.pupil)}}, "thread": {"title": "Hello"}}]
        assert (await update(one))["typing"] == typing
        await scene.do(server, scene.pupil, "setPresence", workspaceId=room)
        assert (await update(one))["typing"] == []
    assert not await Entry.objects.filter(event__kind__contains="presence").aexists()


async def test_strangers_see_nobody(scene: Scene, server: Server) -> None:
    async with socket(server, scene.token(scene.stranger)) as connection:
        assert await subscribe(connection, WHO, id=gid(scene.room)) == {
            "__typename": "AccessEnded",
            "reason": "NO_ACCESS",
        }
        assert (await receive(connection))["type"] == "complete"


async def test_signing_out_ends_what_was_opened_with_it_and_nothing_else(scene: Scene, server: Server) -> None:
    async with socket(server, scene.token(scene.other)) as one, socket(server, scene.token(scene.founder)) as two:
        await subscribe(one, FOLLOW, id=gid(scene.room))
        await subscribe(two, FOLLOW, id=gid(scene.room))
        await subscribe(two, WHO, key="2", id=gid(scene.room))
        await ask(server, scene.token(scene.other), "mutation { logout { __typename } }")
        assert await update(one) == {"__typename": "AccessEnded", "reason": "NO_ACCESS"}
        assert (await receive(one))["type"] == "complete"
        await scene.news(server, "Still open")
        assert (await update(two))["subject"]["text"] == "Still open"


async def test_new_words_end_the_streams_of_the_old_ones(scene: Scene, server: Server) -> None:
    membership = await scene.room.memberships.aget(person=scene.pupil)
    async with socket(server, scene.token(scene.pupil)) as connection:
        await subscribe(connection, FOLLOW, id=gid(scene.room))
        await subscribe(connection, WHO, key="2", id=gid(scene.room))
        await ask(server, scene.token(scene.founder), RESET, id=gid(membership))
        ended = {(message := await receive(connection))["id"] for _ in range(4)}
        assert (ended, message["type"]) == ({"1", "2"}, "complete")


async def test_processes_tell_each_other(scene: Scene) -> None:
    here, away = Presence(scene.room.pk), Presence(scene.room.pk)
    here.enter(scene.founder.pk)
    away._take({"process": "another", "people": [str(key) for key in here.roster()]})
    assert list(away.roster()) == [scene.founder.pk]
    away._take({"process": "another", "people": []})
    assert list(away.roster()) == []


def test_all_sessions_of_a_person_can_be_ended(scene: Scene) -> None:
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(scene.founder)
    assert scene.founder.sessions.count() == 2
    sign_out_everywhere(scene.founder)
    assert [client.get("/dashboard/").status_code for client in clients] == [302, 302]
    assert scene.founder.sessions.count() == 0
