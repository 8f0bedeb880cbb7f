"""HTTP bodies that are never in memory as a whole: a class's film goes in and comes out piece by piece."""
# ruff: noqa: N802 (Twisted's names)

import asyncio
import io
from typing import Any

from daphne.http_protocol import HTTPFactory, WebRequest
from django.conf import settings

PIECE = 64 * 1024  # bytes
LARGEST = settings.UPLOAD_MEGABYTES * 1024 * 1024 * 11 // 10  # a little too much is told by the rule, in a sentence
TOO_LARGE = b"HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"

Message = dict[str, Any]


class Valve:
    """Shut while the kernel takes no more; one of Twisted's push producers."""

    def __init__(self) -> None:
        self.is_open = asyncio.Event()
        self.is_open.set()

    def pauseProducing(self) -> None:
        self.is_open.clear()

    def resumeProducing(self) -> None:
        self.is_open.set()

    def stopProducing(self) -> None:
        self.is_open.set()


class PatientRequest(WebRequest):
    """Its body stays in the file where Twisted put it until somebody reads; its answer waits for a slow reader."""

    valve: Valve | None = None
    content: Any
    received: Any = None
    taken = 0

    def handleContentChunk(self, data: bytes) -> None:
        """No more on the disk than anybody may upload."""
        self.taken += len(data)
        if self.taken <= LARGEST:
            super().handleContentChunk(data)
        elif self.channel is not None and not self.channel.transport.disconnecting:
            self.channel.transport.write(TOO_LARGE)
            self.channel.loseConnection()

    def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:
        # Twisted would parse a form itself, in memory, several times over. Django parses it from the file.
        self.received, self.content = self.content, io.BytesIO()
        super().requestReceived(command, path, version)

    def process(self) -> Any:
        self.content = self.received
        return super().process()

    async def drained(self) -> None:
        """Once the reader has taken most of what was sent; whoever takes nothing for too long is cut off."""
        if self.valve is None and self.channel is not None:
            self.valve = Valve()
            self.registerProducer(self.valve, True)
        if self.valve:
            try:
                async with asyncio.timeout(settings.READER_TIMEOUT):
                    await self.valve.is_open.wait()
            except TimeoutError:
                if self.channel is not None:
                    self.channel.transport.abortConnection()

    def let_go(self) -> None:
        """Before the last piece: Twisted ends an answer only when nobody produces it any more."""
        if self.valve and self.channel is not None:
            self.unregisterProducer()

    def connectionLost(self, reason: Any) -> None:
        if self.valve:
            self.valve.stopProducing()
        super().connectionLost(reason)


class PatientHTTP(HTTPFactory):
    def buildProtocol(self, addr: Any) -> Any:
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = PatientRequest
        return protocol


class Body(asyncio.Queue[Message]):
    """What an application receives: daphne would put every piece of the body here at once; this reads when asked."""

    def __init__(self, request: PatientRequest) -> None:
        super().__init__()
        self.request, self.given, self.is_begun = request, 0, False

    def put_nowait(self, item: Message) -> None:
        if item["type"] == "http.request":
            if self.is_begun:
                return
            self.is_begun = True
        super().put_nowait(item)

    async def get(self) -> Message:
        message = await super().get()
        if message["type"] != "http.request":
            return message
        content = getattr(self.request, "content", None)
        if content is None or content.closed:
            return {"type": "http.disconnect"}
        content.seek(self.given)
        piece = content.read(PIECE)
        self.given += len(piece)
        if more := len(piece) == PIECE:
            super().put_nowait(message)
        return {"type": "http.request", "body": piece, "more_body": more}
