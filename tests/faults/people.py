"""Those who write and those who follow while servers die around them."""

import asyncio
import random
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any
from uuid import uuid4

import httpx

from docs.examples.live_client import Ended, LiveClient

ADD_POST = """mutation($input: AddPostInput!) { addPost(input: $input) { __typename ... on Post { id }
  ... on OperationInfo { messages { code } } } }"""
FOLLOW = """subscription($workspace: ID!, $after: String) { workspaceUpdates(workspaceId: $workspace, after: $after) {
  __typename ... on WorkspaceEvent { seq cursor kind subject { __typename ... on Post { text } } }
  ... on Heartbeat { cursor } ... on Resume { cursor } ... on Resync { reason cursor } ... on AccessEnded { reason } } }"""


@dataclass
class Writer:
    """Posts numbered texts, each under a key, and repeats each until a server acknowledges it."""

    name: str
    token: str
    thread: str
    urls: list[str]
    acknowledged: list[str] = field(default_factory=list)
    tries: int = 0
    refused: list[Any] = field(default_factory=list)

    async def write(self, stop: asyncio.Event, pause: float) -> None:
        servers = cycle(random.sample(self.urls, len(self.urls)))
        async with httpx.AsyncClient(timeout=10, headers={"Authorization": f"Bearer {self.token}"}) as client:
            while not stop.is_set():
                await self._post(client, servers)
                await asyncio.sleep(random.uniform(0, pause * 2))

    async def _post(self, client: httpx.AsyncClient, servers: Any) -> None:
        text = f"{self.name}:{len(self.acknowledged)}"
        given = {"threadId": self.thread, "text": text, "clientMutationKey": str(uuid4())}
        while True:
            self.tries += 1
            try:
                body = {"query": ADD_POST, "variables": {"input": given}}
                answer = (await client.post(f"{next(servers)}/graphql", json=body)).json()
                payload = answer["data"]["addPost"]
            except (httpx.HTTPError, ValueError, KeyError, TypeError):
                await asyncio.sleep(0.1)
                continue
            if payload["__typename"] == "Post":
                self.acknowledged.append(text)
                return
            self.refused.append(payload)
            await asyncio.sleep(0.1)


@dataclass
class Follower:
    """Keeps what arrives, over as many connections as it takes."""

    url: str
    token: str
    workspace: str
    seqs: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    resyncs: int = 0
    ended: str = ""
    connections: int = 0
    client: LiveClient | None = None

    async def follow(self) -> None:
        client = LiveClient(self.url.replace("http", "ws") + "/graphql", self.token, self.workspace, document=FOLLOW)
        self.client = client
        try:
            async for event in client.events():
                self.connections = client.connections
                if event["__typename"] == "Resync":
                    self.resyncs += 1
                    continue
                self.seqs.append(event["seq"])
                if event["subject"] and event["subject"]["__typename"] == "Post":
                    self.texts.append(event["subject"]["text"])
        except Ended as ended:
            self.ended = str(ended)
