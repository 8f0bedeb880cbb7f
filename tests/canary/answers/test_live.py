"""What subscriptions send besides events: everybody follows everything over a socket, against policy/live.toml."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from backend.accounts.sign_in import issue_token
from backend.projects.models import Project
from graphql_schema.schema import schema
from tests.canary.answers.live import Line, one_connection
from tests.canary.answers.tries import Sender
from tests.canary.canary import POLICY, Canary, none
from tests.canary.documents import Documents
from tests.canary.policy import Comparison
from tests.canary.reading import Reader
from tests.canary.test_subscriptions import EVENTS
from tests.support.api import gid

pytestmark = pytest.mark.django_db
DEPTHS = {"presenceUpdates": 3, "deskUpdates": 3}
SIGNAL = (
    "mutation($room: ID!, $thread: ID!) { setPresence(input: {workspaceId: $room, typingIn: $thread}) { __typename } }"
)
TYPE = {"teacher_in": "A staff", "pupil_in": "A", "pupil_elsewhere": "B"}  # who, and in which thread


@pytest.fixture(scope="module")
def heard(canary: Canary) -> Comparison:
    people = canary.world.actors
    lines = {name: Line(issue_token(person, is_proved=True) if person else "") for name, person in people.items()}
    with one_connection():
        asyncio.run(follow(lines, list(streams(canary)), rooms_and_threads(canary)))
    readings = {actor: read(Reader(schema, people[actor]), line) for actor, line in lines.items()}
    return Comparison(POLICY, canary.places, readings)


def streams(canary: Canary) -> Iterator[tuple[str, str, str]]:
    """By subscription and place, with the id that it takes."""
    for letter, room in canary.world.rooms.items():
        yield "workspaceUpdates", letter, gid(room)
        yield "presenceUpdates", letter, gid(room)
    for project in Project.objects.all():
        yield "projectUpdates", canary.places["Project", str(project.pk)], gid(project)
    yield "notificationAdded", "own", ""
    yield "deskUpdates", "desk", ""


def rooms_and_threads(canary: Canary) -> dict[str, dict[str, str]]:
    find = Sender(canary, None).id
    return {who: {"room": find("Workspace", place[0]), "thread": find("Thread", place)} for who, place in TYPE.items()}


async def follow(
    lines: dict[str, Line], streams: list[tuple[str, str, str]], typing: dict[str, dict[str, str]]
) -> None:
    """All subscribe, some type, and in the end the server asks everybody to come back later."""
    async with AsyncExitStack() as stack:
        for line in lines.values():
            await stack.enter_async_context(line.open())
        present = {name: line for name, line in lines.items() if not line.code}
        for line in present.values():
            for name, place, key in streams:
                line.ask(f"{name} {place}", asked(name), **({"id": key} if key else {}))
        for line in present.values():
            await line.until(all_began(line))
        for who, where in typing.items():
            present[who].ask("typing", SIGNAL, **where)
        for who, place in TYPE.items():
            await present[who].until(is_typing(present[who], f"presenceUpdates {place[0]}", list(TYPE.values())))
        for line in present.values():
            await line.socket.release()


def all_began(line: Line) -> Callable[[], bool]:
    return lambda: all(line.arrived[key] for key in line.arrived if key != "ack")


def is_typing(line: Line, label: str, places: list[str]) -> Callable[[], bool]:
    """As many as type in that room."""
    number = sum(place[0] == label[-1] for place in places)
    return lambda: any(
        len(sent["data"]["presenceUpdates"]["PresentNow__typing"]) == number for sent in line.arrived[label]
    )


def asked(name: str) -> str:
    field = schema._schema.subscription_type.fields[name]  # type: ignore[union-attr]
    argument = next((each for each in ("workspaceId", "projectId") if each in field.args), "")
    declared, given = ("($id: ID!)", f"{argument}: $id") if argument else ("", "")
    text = Documents(schema._schema).of_field(name, field, DEPTHS.get(name, 1), given)
    return f"subscription{declared} {{ {text} }}"


def read(reader: Reader, line: Line) -> Any:
    for label, payloads in line.arrived.items():
        for payload in payloads:
            reader.read.errors.extend(f"{label}: {error}" for error in payload.get("errors", ()))
            for name, value in (payload["data"] or {}).items():
                reader._walk(value, label, "Subscription", name)
    return reader.read


def test_nothing_fails(heard: Comparison) -> None:
    assert none(f"{actor}: {e}" for actor, read in heard.readings.items() for e in read.errors)


def test_nobody_hears_more(canary: Canary, heard: Comparison) -> None:
    assert none(heard.extra())
    assert none(heard.foreign(canary.marks))


def test_nobody_hears_less(heard: Comparison) -> None:
    every = POLICY.given_by("subscriptions")
    assert none(text for text in heard.missing() if text.split()[4] in every)


def test_everything_was_heard(heard: Comparison, record_property: Callable[[str, Any], None]) -> None:
    every = {pair for pair in POLICY.given_by("subscriptions") if pair.partition(".")[0] not in EVENTS}
    assert every - heard.pairs() == set()
    assert none(heard.unused(every))
    record_property("(type, field) pairs that only subscriptions give", len(POLICY.given_by("subscriptions")))
