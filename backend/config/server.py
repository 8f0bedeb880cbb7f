"""daphne with what it lacks: a graceful end, senders that wait for a slow reader, bodies on demand, a shared port."""

import asyncio
import logging
import socket
import sys
from argparse import ArgumentParser
from functools import partial
from typing import Any

import uvloop
from twisted.internet import asyncioreactor

asyncioreactor.install(uvloop.new_event_loop())  # type: ignore[no-untyped-call]  # before daphne, which would install Python's own loop

import daphne.server
from daphne.cli import CommandLineInterface
from daphne.server import Server
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet import reactor
from twisted.internet.defer import Deferred

from backend.config.asgi import release_lines
from backend.config.bodies import Body, PatientHTTP, PatientRequest
from backend.config.garbage import collect_rarely

logger = logging.getLogger(__name__)

REQUESTS_END_WITHIN = 20.0  # seconds that requests in flight get
LARGEST_MESSAGE = 1024 * 1024  # bytes that a socket collects; the API refuses much smaller ones with a code
SOCKETS_END_WITHIN = 5.0  # seconds over which sockets are told to come back


class PatientWebSocket(WebSocketProtocol):
    """Knows when the kernel takes no more, so that whoever sends can wait instead of filling memory."""

    def onOpen(self) -> None:
        self.maxMessagePayloadSize = self.maxFramePayloadSize = LARGEST_MESSAGE
        self.writable = asyncio.Event()
        self.writable.set()
        self.transport.unregisterProducer()  # daphne leaves its HTTP channel there
        self.transport.registerProducer(self, True)
        super().onOpen()

    def pauseProducing(self) -> None:
        self.writable.clear()

    def resumeProducing(self) -> None:
        self.writable.set()

    def stopProducing(self) -> None:
        self.writable.set()

    def onClose(self, wasClean: bool, code: int, reason: str) -> None:
        if hasattr(self, "writable"):
            self.writable.set()
        super().onClose(wasClean, code, reason)


class GracefulServer(Server):
    """On SIGTERM: no new work, requests in flight finish, subscribers are told where to go on."""

    is_draining = False

    def run(self) -> None:
        WebSocketFactory.protocol = PatientWebSocket
        daphne.server.HTTPFactory = PatientHTTP
        collect_rarely()
        self.ports: list[Any] = []
        super().run()

    def listen_success(self, port: Any) -> None:
        self.ports.append(port)
        super().listen_success(port)

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        if self.is_draining:
            if scope["type"] == "http":
                protocol.basic_error(503, b"Service Unavailable", "This server is restarting. Please try again.")
            else:
                protocol.serverReject()
            return None
        return self._answer(protocol, scope) if scope["type"] == "http" else super().create_application(protocol, scope)

    def _answer(self, protocol: PatientRequest, scope: dict[str, Any]) -> Body | None:
        """As daphne does, but with a queue that reads the body when it is asked for."""
        if protocol not in self.connections:
            return None
        body = Body(protocol)
        answer = self.application({**scope, "asgi": {"version": "3.0"}}, body.get, partial(self.handle_reply, protocol))
        self.connections[protocol]["application_instance"] = asyncio.ensure_future(answer)
        return body

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        is_body = message["type"] == "http.response.body"
        if is_body and not message.get("more_body"):
            protocol.let_go()
        await super().handle_reply(protocol, message)
        if is_body and message.get("more_body"):
            await protocol.drained()
        elif message["type"] == "websocket.send" and not protocol.writable.is_set():
            await protocol.writable.wait()

    def kill_all_applications(self) -> Any:
        """daphne's hook before it ends: drain first, then end whatever is left."""
        drained = Deferred.fromFuture(asyncio.ensure_future(self._drain()))
        drained.addBoth(lambda _: self._end_rest())
        return drained

    async def _drain(self) -> None:
        self.is_draining = True
        for port in self.ports:
            port.stopListening()
        sockets = asyncio.create_task(release_lines(SOCKETS_END_WITHIN))
        try:
            async with asyncio.timeout(REQUESTS_END_WITHIN):
                await sockets
                while self._requests_in_flight():
                    await asyncio.sleep(0.05)
        except TimeoutError:
            logger.warning("%s requests did not end in time.", self._requests_in_flight())

    def _running(self, kind: type | None = None) -> list[asyncio.Future[Any]]:
        tasks = [
            details["application_instance"]
            for protocol, details in self.connections.items()
            if "application_instance" in details and (kind is None or not isinstance(protocol, kind))
        ]
        return [task for task in tasks if not task.done()]

    def _requests_in_flight(self) -> int:
        return len(self._running(WebSocketProtocol))

    def _end_rest(self) -> Any:
        rest = self._running()
        for task in rest:
            task.cancel()
        return Deferred.fromFuture(asyncio.gather(*rest, return_exceptions=True))


class CommandLine(CommandLineInterface):
    """daphne's command line, and `--reuse-port`: several processes on one port, among which the kernel shares clients."""

    server_class = GracefulServer

    def __init__(self) -> None:
        super().__init__()
        self.shared = ArgumentParser(add_help=False, allow_abbrev=False)
        self.shared.add_argument("-b", "--bind", default="127.0.0.1")
        self.shared.add_argument("-p", "--port", type=int, default=8000)
        for parser in (self.shared, self.parser):
            parser.add_argument("--reuse-port", action="store_true", help="Let other processes listen there too")

    def run(self, args: list[str]) -> None:
        """A socket for each process: an inherited one gives most connections that stay open to one of them."""
        given, rest = self.shared.parse_known_args(args)
        if given.reuse_port:
            self.load_asgi_app(self.parser.parse_args(rest).application)  # clients come as soon as it listens
            listening = socket.create_server((given.bind, given.port), reuse_port=True, backlog=50)
            args = ["--fd", str(listening.detach()), *rest]
        super().run(args)


if __name__ == "__main__":
    assert reactor  # installed above
    CommandLine().run(sys.argv[1:])
