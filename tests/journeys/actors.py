"""The people of the journey, each with the client they would use."""

import asyncio
import re
from typing import Any

import httpx
from channels.db import database_sync_to_async
from playwright.async_api import Browser, Page

from docs.examples.live_client import LiveClient
from tests.support.codes import fresh_code
from tests.support.server import Server

REFUSED = "... on OperationInfo { messages { field code message } }"
WITHOUT_ID = {"registerTeacher", "confirmEmail", "login", "confirmSecondFactor", "pupilLogin", "addPupils"}
LIVE = """subscription($workspace: ID!, $after: String) { workspaceUpdates(workspaceId: $workspace, after: $after) {
  __typename
  ... on WorkspaceEvent { cursor kind sentence actor { name } subject { __typename
      ... on Post { text isRemoved } ... on Thread { title } ... on Discussion { title } ... on Update { text }
      ... on File { name } } }
  ... on Heartbeat { cursor } ... on Resume { cursor } ... on Resync { reason cursor } ... on AccessEnded { reason } } }"""


class Client:
    """A front end on /graphql, signed in by cookie or by token."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.http = httpx.AsyncClient(base_url=server.url, timeout=20)
        self.token = ""
        self.seen: list[tuple[str, str]] = []
        self.following: asyncio.Task[None] | None = None

    async def ask(self, document: str, **variables: Any) -> Any:
        response = await self.http.post("/graphql", json={"query": document, "variables": variables})
        answer = response.json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def do(self, mutation: str, fields: str = "", **given: Any) -> dict[str, Any]:
        name = mutation[:1].upper() + mutation[1:]
        key = "" if mutation in WITHOUT_ID else "... on Node { id }"
        document = (
            f"mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ __typename {key} {fields} {REFUSED} }} }}"
        )
        payload: dict[str, Any] = (await self.ask(document, input=given))[mutation]
        return payload

    async def must(self, mutation: str, fields: str = "", **given: Any) -> dict[str, Any]:
        """The same, and it is not refused."""
        payload = await self.do(mutation, fields, **given)
        assert payload["__typename"] != "OperationInfo", payload
        return payload

    async def refused(self, mutation: str, **given: Any) -> list[str]:
        payload = await self.do(mutation, **given)
        assert payload["__typename"] == "OperationInfo", payload
        return [message["code"] for message in payload["messages"]]

    async def plainly(self, mutation: str, fields: str, **given: Any) -> dict[str, Any]:
        """A mutation whose answer is no node."""
        name = mutation[:1].upper() + mutation[1:]
        document = f"mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ __typename {fields} }} }}"
        payload: dict[str, Any] = (await self.ask(document, input=given))[mutation]
        assert payload["__typename"] != "OperationInfo", payload
        return payload

    async def sign_in(self, login: str, password: str) -> None:
        fields = "... on SignedIn { token } ... on SecondFactorAsked { challenge }"
        payload = await self.must("login", fields, login=login, password=password, wantToken=True)
        if "challenge" in payload:
            code = await database_sync_to_async(fresh_code)(login)
            given = {"challenge": payload["challenge"], "code": code}
            payload = await self.must("confirmSecondFactor", "... on SignedIn { token }", **given)
        self._keep(payload["token"])

    async def sign_in_as_pupil(self, card: dict[str, str]) -> None:
        payload = await self.must(
            "pupilLogin", "... on SignedIn { token }", userName=card["userName"], words=card["password"], wantToken=True
        )
        self._keep(payload["token"])

    def _keep(self, token: str) -> None:
        self.token = token
        self.http.headers["Authorization"] = f"Bearer {token}"

    async def follow(self, workspace: str) -> None:
        """From now on note what happens in a workspace, as it arrives over the WebSocket."""
        url = self.server.url.replace("http", "ws") + "/graphql"
        client = LiveClient(url, self.token, workspace, document=LIVE)

        async def note() -> None:
            async for event in client.events():
                subject = event["subject"] or {}
                self.seen.append(
                    (event["kind"], subject.get("text") or subject.get("title") or subject.get("name") or "")
                )

        self.following = asyncio.create_task(note())
        async with asyncio.timeout(10):
            while client.cursor is None:
                await asyncio.sleep(0.02)

    async def has_seen(self, *expected: tuple[str, str]) -> None:
        """Exactly these events arrive, in this order."""
        async with asyncio.timeout(10):
            while len(self.seen) < len(expected):
                await asyncio.sleep(0.02)
        assert self.seen == list(expected)

    async def has_seen_kinds(self, *expected: str) -> None:
        async with asyncio.timeout(10):
            while len(self.seen) < len(expected):
                await asyncio.sleep(0.02)
        assert [kind for kind, _ in self.seen] == list(expected), self.seen

    async def close(self) -> None:
        if self.following:
            self.following.cancel()
        await self.http.aclose()


async def confirmation_of(server: Server, address: str) -> str:
    """The token in the letter to this address, as the console backend printed it."""
    async with asyncio.timeout(10):
        while True:
            letters = server.log.read_text().split("Subject: ")
            found = [re.search(r"token=([^\s\"<&]+)", letter) for letter in letters if f"To: {address}" in letter]
            if found and found[-1]:
                return found[-1].group(1)
            await asyncio.sleep(0.05)


class Officer:
    """Somebody of an agency, who decides in the dashboard."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page, self.server = page, server

    @classmethod
    async def at_desk(cls, browser: Browser, server: Server, login: str, password: str) -> "Officer":
        context = await browser.new_context(locale="en-GB")
        page = await context.new_page()
        page.set_default_timeout(10_000)
        await page.goto(f"{server.url}/dashboard/")
        await page.fill("#login", login)
        await page.fill("#password", password)
        await page.click("main button")
        if code := await database_sync_to_async(fresh_code)(login):
            await page.fill("#code", code)
            await page.click("main button")
        await page.wait_for_url("**/dashboard/")
        return cls(page, server)

    async def open(self, path: str) -> str:
        """Go to a page; returns what it says."""
        await self.page.goto(f"{self.server.url}/dashboard/{path}")
        return await self.page.inner_text("body")

    async def decide(self, queue: str, case: str, button: str) -> tuple[str, str]:
        """Open a case of a queue by its name and press a button; returns what the case and then the queue say."""
        await self.open(f"queues/{queue}/")
        await self.page.get_by_role("link", name=case, exact=True).first.click()
        await self.page.wait_for_load_state()
        shown = await self.page.inner_text("body")
        await self.page.get_by_role("button", name=button).first.click()
        await self.page.wait_for_load_state()
        return shown, await self.page.inner_text("body")
