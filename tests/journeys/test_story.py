"""The story this platform carries, from registration to a class at work, as its clients live it."""

import json
import os
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from channels.db import database_sync_to_async
from playwright.async_api import Browser, async_playwright

from tests.factories.people import PASSWORD, SchoolFactory, officer
from tests.journeys.actors import Client, Officer, confirmation_of
from tests.journeys.whole_life import (
    a_label,
    a_report_and_its_decision,
    a_supervised_chat,
    desk_client,
    pages_and_materials,
    the_end,
)
from tests.support.server import Server

pytestmark = [pytest.mark.live, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
TEXT = {
    "title": "Our rivers", "summary": "Two classes follow their rivers to the sea.", "aims": "Measure, compare, write.",
    "languages": ["EN"], "subjects": ["GEOGRAPHY"], "agesFrom": 11, "agesTo": 14,
    "endsOn": datetime.now(UTC).date().isoformat(),
}  # fmt: skip


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        assert not os.environ.get("CI"), "CI needs Chromium"
        pytest.skip("Chromium is not installed; the journey needs it.")
    async with async_playwright() as playwright:
        yield await playwright.chromium.launch(executable_path=program, args=FLAGS)


@pytest.fixture
async def world(own_server: Server, chromium: Browser) -> AsyncIterator["World"]:
    world = World(own_server, chromium)
    yield world
    for client in world.clients:
        await client.close()


class World:
    def __init__(self, server: Server, browser: Browser) -> None:
        self.server, self.browser = server, browser
        self.clients: list[Client] = []

    def client(self) -> Client:
        self.clients.append(Client(self.server))
        return self.clients[-1]

    async def officer(self, country: str) -> Officer:
        person = await database_sync_to_async(officer)(country, given_name=f"Officer{country}")
        return await Officer.at_desk(self.browser, self.server, person.login, PASSWORD)

    async def registered_teacher(self, given: str, family: str, country: str, town: str) -> Client:
        """Somebody registers, confirms the address by the letter and joins a school of the country."""
        await database_sync_to_async(SchoolFactory)(country_id=country, name=f"School of {town}", town=town)
        client, address = self.client(), f"{given.lower()}@school.example"
        await client.must(
            "registerTeacher", email=address, password="a-quiet-harbour", givenName=given, familyName=family,
            country=country, consents=True,
        )  # fmt: skip
        await client.must("confirmEmail", token=await confirmation_of(self.server, address))
        await client.sign_in(address, "a-quiet-harbour")
        found = await client.ask(
            "query($w: String!) { schools(words: $w, first: 2) { edges { node { id } } } }", w=town
        )
        await client.must("joinSchool", schoolId=found["schools"]["edges"][0]["node"]["id"])
        return client


async def test_from_registration_to_a_class_at_work(world: World) -> None:
    lea = await world.registered_teacher("Lea", "Martin", "FR", "Nantes")
    jan = await world.registered_teacher("Jan", "Nowak", "PL", "Torun")
    paris, warsaw = await world.officer("FR"), await world.officer("PL")

    # Nobody searches before the own agency has said who they are, and no agency sees the other country's people.
    assert await teachers(lea, "PL") == []
    assert "Jan Nowak" not in await paris.open("queues/people/")
    case, queue = await paris.decide("people", "Lea Martin", "Validate")
    assert "School of Nantes" in case
    assert "Lea Martin is validated." in queue
    await warsaw.decide("people", "Jan Nowak", "Validate")
    await lea.must("updateProfile", isAvailable=True, languages=["FR", "EN"])
    await jan.must("updateProfile", isAvailable=True, languages=["PL", "EN"])

    # They find each other and draft together.
    ((jans_id, reasons),) = await teachers(lea, "PL")
    assert reasons == ["SHARED_LANGUAGE", "BOTH_AVAILABLE"]
    asked = await lea.must("requestContact", personId=jans_id, note="Shall we measure rivers?")
    await jan.must("answerContact", requestId=asked["id"], accepts=True)
    project = (await lea.must("draftProject", partnerId=jans_id, text=TEXT))["id"]
    assert "Our rivers" not in await paris.open("queues/projects/")
    await jan.must("editProject", projectId=project, expectedVersion=1, text={"process": "Measure every Monday."})
    await lea.must("submitProject", projectId=project)
    await jan.must("acceptProject", projectId=project)

    # Both countries approve, each for itself; only then there is a workspace.
    case, _ = await paris.decide("projects", "Our rivers", "Approve")
    assert "Measure every Monday." in case
    assert await workspace_of(lea, project) is None
    await warsaw.decide("projects", "Our rivers", "Approve")
    room = await workspace_of(lea, project)
    assert room
    assert await workspace_of(jan, project) == room
    lina, olek = await a_class_at_work(world, lea, jan, room)
    await the_agencies_see_the_partnership(world, paris)

    # And on to a good end.
    page = await pages_and_materials(lea, jan, lina, room)
    message = await a_supervised_chat(lea, lina, olek, room)
    warsaws = await desk_client(world.client(), "PL")
    await a_report_and_its_decision(lina, lea, warsaws, message)
    await a_label(jan, warsaws, project, page)
    await the_end(lea, jan, lina, room, project)


async def a_class_at_work(world: World, lea: Client, jan: Client, room: str) -> tuple[Client, Client]:
    cards = "... on PupilCards { cards { userName password } }"
    linas = (await lea.must("addPupils", cards, workspaceId=room, givenNames=["Lina"]))["cards"][0]
    oleks = (await jan.must("addPupils", cards, workspaceId=room, givenNames=["Olek"]))["cards"][0]
    lina, olek, stranger = world.client(), world.client(), world.client()
    await lina.sign_in_as_pupil(linas)
    await olek.sign_in_as_pupil(oleks)
    for client in (lea, jan, lina, olek):
        await client.follow(room)

    forum = (await lea.must("openDiscussion", workspaceId=room, title="Questions"))["id"]
    thread = (await jan.must("startThread", discussionId=forum, title="How wide?", text="Measure it!"))["id"]
    first = (await lina.must("addPost", threadId=thread, text="Twelve metres."))["id"]
    await olek.must("addPost", threadId=thread, text="Ours is wider!")
    await jan.must("removePost", postId=first)
    await lea.must("postUpdate", workspaceId=room, text="We met by the river.")
    url = await upload(lina, room, "notes.txt", b"Vistula: 12 m")
    happened = (
        ("workspace.discussion_opened", "Questions"),
        ("workspace.thread_started", "How wide?"),
        ("workspace.post_added", "Twelve metres."),
        ("workspace.post_added", "Ours is wider!"),
        ("workspace.post_removed", ""),
        ("workspace.update_posted", "We met by the river."),
        ("workspace.file_uploaded", "notes.txt"),
    )
    for client in (lea, jan, lina, olek):
        await client.has_seen(*happened)

    # What nobody may: pupils do not run the room, and outsiders find nothing, by no path.
    assert await lina.refused("openDiscussion", workspaceId=room, title="Mine") == ["not_permitted"]
    assert await olek.refused("removePost", postId=first) == ["not_permitted"]
    assert (await lina.ask("{ teachers(first: 5) { edges { node { name } } } }"))["teachers"]["edges"] == []
    assert (await lina.http.get(url)).content == b"Vistula: 12 m"
    files = "query($id: ID!) { workspace(id: $id) { files(first: 1) { edges { node { url } } } } }"
    (found,) = (await olek.ask(files, id=room))["workspace"]["files"]["edges"]
    assert (await olek.http.get(found["node"]["url"])).content == b"Vistula: 12 m"
    assert (await stranger.http.get(url.partition("?")[0])).status_code == 404
    nodes = {"ids": [room, forum, thread, first]}
    assert await stranger.ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", **nodes) == {"nodes": [None] * 4}
    outsider = await world.registered_teacher("Iris", "Vale", "FR", "Brest")
    assert await outsider.ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", **nodes) == {"nodes": [None] * 4}
    assert await outsider.refused("addPost", threadId=thread, text="Let me in") == ["not_found"]
    return lina, olek


async def the_agencies_see_the_partnership(world: World, paris: Officer) -> None:
    table = await paris.open("partnerships/")
    assert "Poland" in table
    await paris.page.get_by_role("link", name="Poland").first.click()
    listed = await paris.page.inner_text("main")
    assert "Our rivers" in listed
    berlin = await world.officer("DE")
    assert "Poland" not in await berlin.page.inner_text("main")
    absent = await berlin.page.goto(paris.page.url)
    assert absent
    assert "Our rivers" not in await berlin.page.inner_text("body")


async def teachers(client: Client, country: str) -> list[tuple[str, list[str]]]:
    document = "query($f: TeacherFilter) { teachers(filter: $f, first: 5) { edges { node { id matchReasons } } } }"
    found = await client.ask(document, f={"countries": [country]})
    return [(edge["node"]["id"], edge["node"]["matchReasons"]) for edge in found["teachers"]["edges"]]


async def workspace_of(client: Client, project: str) -> str | None:
    found = await client.ask("query($id: ID!) { project(id: $id) { workspace { id } } }", id=project)
    room: dict[str, str] | None = found["project"]["workspace"]
    return room["id"] if room else None


async def upload(client: Client, room: str, name: str, content: bytes) -> str:
    """By the multipart request specification; returns where the file is read back."""
    document = "mutation($input: UploadFileInput!) { uploadFile(input: $input) { ... on File { url } } }"
    variables: dict[str, Any] = {"input": {"workspaceId": room, "file": None, "licence": "OWN"}}
    form = {
        "operations": json.dumps({"query": document, "variables": variables}),
        "map": json.dumps({"0": ["variables.input.file"]}),
    }
    response = await client.http.post("/graphql", data=form, files={"0": (name, content, "text/plain")})
    return str(response.json()["data"]["uploadFile"]["url"])
