"""How updates are wrapped on their way: by message, by event, or by part."""

import json
from collections.abc import Callable
from dataclasses import dataclass

Frame = Callable[[str], tuple[str, str]]  # for the id of an operation: what stands before and after its payload


def message_frame(operation_id: str) -> tuple[str, str]:
    """graphql-transport-ws."""
    return f'{{"id":{json.dumps(operation_id)},"type":"next","payload":', "}"


@dataclass(frozen=True)
class Framing:
    """A stream over HTTP."""

    content_type: str
    start: str
    before: str
    after: str
    alive: str
    end: str

    def frame(self, _: str) -> tuple[str, str]:
        return self.before, self.after


# graphql-sse, in distinct connections mode.
EVENTS = Framing(
    content_type="text/event-stream; charset=utf-8",
    start=":\n\n",
    before="event: next\ndata: ",
    after="\n\n",
    alive=":\n\n",
    end="event: complete\ndata:\n\n",
)

# Apollo's subscriptions over multipart: a part is complete when the boundary after it has arrived.
PART = "\r\nContent-Type: application/json; charset=utf-8\r\n\r\n"
PARTS = Framing(
    content_type='multipart/mixed; boundary="graphql"; subscriptionSpec=1.0',
    start="\r\n--graphql",
    before=PART + '{"payload":',
    after="}\r\n--graphql",
    alive=PART + "{}\r\n--graphql",
    end="--\r\n",
)
