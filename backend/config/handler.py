"""HTTP as Django answers it, in one visit to a thread that has served others before."""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase

IDLE = 32  # threads that wait for the next request; a rush has as many as it needs


class RequestThread(ThreadPoolExecutor):
    """One thread, and what it has still to do."""

    def __init__(self) -> None:
        super().__init__(max_workers=1, thread_name_prefix="request")
        self.tasks: list[Future[Any]] = []

    def submit(self, *given: Any, **named: Any) -> Future[Any]:
        self.tasks = [*self._left(), task := super().submit(*given, **named)]
        return task

    def is_done(self) -> bool:
        """Nobody waits for what is still at work for somebody who is gone."""
        self.tasks = self._left()
        return not self.tasks

    def _left(self) -> list[Future[Any]]:
        return [
            task for task in self.tasks if not task.done()
        ]  # what is done holds its result, such as a piece of a film


class Handler(ASGIHandler):
    """Django's own starts a thread for each request, and goes back to the event loop between middleware and view; ours
    are synchronous, and a coroutine that is a view still runs there."""

    def __init__(self) -> None:
        super().__init__()
        self.idle: list[RequestThread] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise ValueError(f"This is not HTTP: {scope['type']}.")
        thread = self.idle.pop() if self.idle else RequestThread()
        try:
            async with ThreadSensitiveContext(executor=thread):
                await self.handle(scope, receive, send)
        finally:
            if thread.is_done() and len(self.idle) < IDLE:
                self.idle.append(thread)
            else:
                thread.shutdown(wait=False)

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        answer: Any = sync_to_async(self.get_response, thread_sensitive=True)
        response: HttpResponseBase = await answer(request)
        return response
