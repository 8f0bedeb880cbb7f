"""Who gets where: every address and every file × everybody, against policy/addresses.toml and the table of fields."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from backend.privacy.actions import export_my_data
from backend.workspaces.models import File
from backend.workspaces.uploads.links import calendar_address, export_address, file_address
from tests.canary.addresses import (
    INSIDE,
    NO_SUCH_WAY,
    NOT_FOR_YOU,
    NOTHING,
    SIGN_IN,
    addresses,
    names,
    outcome,
    text_of,
)
from tests.canary.canary import POLICY, Canary, none
from tests.support.api import client_of

pytestmark = pytest.mark.django_db
ADVICE = """
These addresses have no row in tests/canary/policy/addresses.toml. Add one for each; for a page of all officers:
"dashboard:name" = { enter = "officers" }
and for a page about a thing, with who may read it and the thing's name in tests/canary/ground/world.py:
"dashboard:name" = { enter = "own", of = "unvalidated" }
"""


def test_every_address_has_a_row() -> None:
    unknown = sorted(set(names()) - set(POLICY.addresses))
    assert not unknown, ADVICE + "\n".join(unknown)
    assert sorted(set(POLICY.addresses) - set(names())) == []


def test_who_enters(canary: Canary, record_property: Callable[[str, Any], None]) -> None:
    record_property("addresses × actors", len(tried(canary)) * len(canary.world.actors))
    assert none(wrong(canary))


def tried(canary: Canary) -> list[tuple[str, dict[str, Any], str]]:
    rows = {name: row for name, row in POLICY.addresses.items() if "enter" in row}
    return [(name, row, url) for name, row in rows.items() for url in addresses(name, row, canary.world)]


def wrong(canary: Canary) -> Iterator[str]:
    """A method that an address does not know for the central service, it knows for nobody."""
    clients = {name: client_of(person) for name, person in canary.world.actors.items()}
    for name, row, url in tried(canary):
        methods = [each for each in ("get", "post") if outcome(clients["central"], each, url)[0] != NO_SUCH_WAY]
        for actor, client in clients.items():
            for method in methods:
                got, text = outcome(client, method, url)
                expected = due(row, actor, canary.world.actors[actor])
                if expected == INSIDE and method == "post":
                    expected = row.get("empty_form", INSIDE)
                if got != expected:
                    yield f"{actor} {method}s {url if 'each' in row else name}: {got} instead of {expected}"
                told = tuple(row.get("tells", ()))
                unseen = (each for each in canary.unseen(actor, text) if not each.startswith(told))
                yield from (f"{actor} reads {each} at {name}" for each in unseen)


def due(row: dict[str, Any], actor: str, person: Any) -> str:
    """What an address answers to somebody."""
    if person is None or not person.is_active:
        return SIGN_IN
    if actor in POLICY.actors(row["enter"]):
        return INSIDE
    is_told = not person.oversees or actor in POLICY.actors(row.get("refused", ""))
    return NOT_FOR_YOU if is_told else NOTHING


def test_open_addresses_tell_nothing(canary: Canary) -> None:
    for name, row in POLICY.addresses.items():
        if row.get("open"):
            _, text = outcome(client_of(None), "get", reverse(name, args=row.get("arguments", [])))
            assert list(canary.marks.found_in(text)) == [], name


def test_files(canary: Canary) -> None:
    """Even by an address made out to them, people read no other files than those whose address they are told."""
    assert none(wrong_files(canary))


def wrong_files(canary: Canary) -> Iterator[str]:
    for actor, person in canary.world.actors.items():
        client = client_of(person)
        for file in File.objects.exclude(content=""):
            place = canary.places["File", str(file.pk)]
            may_sign_in = person is None or person.is_active
            may_read = actor in POLICY.who("File.url", place) or (actor, file.pk) in canary.world.opened
            expected = 200 if may_sign_in and may_read else 404
            if (status := status_of(client, file_address(file.pk, person))) != expected:
                yield f"{actor} gets {status} for a file of {place}"


@pytest.mark.parametrize(("view", "address_for"), [("export", export_address), ("calendar", calendar_address)])
def test_what_a_room_gives_to_take_away(canary: Canary, view: str, address_for: Callable[..., str]) -> None:
    """Is for who is told its address, and holds nothing that they may not see."""
    for actor, person in canary.world.actors.items():
        for letter, room in canary.world.rooms.items():
            expected = 200 if actor in POLICY.who(f"Workspace.{view}Url", letter) else 404
            address = address_for(room.pk, person) if person else reverse(view, args=[room.pk])
            response: Any = client_of(person).get(address)
            assert response.status_code == expected, (actor, letter)
            assert none(canary.unseen(actor, text_of(response))), (actor, letter)


def test_own_data(canary: Canary) -> None:
    """What somebody takes along holds nothing of others that they may not see."""
    read = 0
    for actor in sorted(POLICY.actors("unvalidated staff officers")):
        person: Any = canary.world.actors[actor]
        response = client_of(person).get(reverse("my_data", args=[export_my_data(person, actor=person)]))
        assert response.status_code == 200
        text = text_of(response)
        read += len(list(canary.marks.found_in(text)))
        assert none(canary.unseen(actor, text)), actor
    assert read > 100


def status_of(client: Client, url: str) -> int:
    response: Any = client.get(url)
    if response.status_code == 200:
        for close in response._resource_closers:  # not the response: the database would be closed with it
            close()
    return int(response.status_code)
