"""Asks one server the same question over and over; run as a process of its own, on the core the server is not on.

Reads a JSON task from standard input, prints the latencies in milliseconds and what went wrong as JSON.
"""

import asyncio
import itertools
import json
import sys
import time
from typing import Any


async def client(task: dict[str, Any], place: int, end: float, latencies: list[float], failures: list[str]) -> None:
    """One connection, kept open; the next request leaves when the answer is there."""
    reader, writer = await asyncio.open_connection("127.0.0.1", task["port"])
    requests = itertools.cycle(each.encode() for each in task["requests"][place:] + task["requests"][:place])
    while time.perf_counter() < end:
        began = time.perf_counter()
        writer.write(next(requests))
        status, body = await answer(reader)
        latencies.append((time.perf_counter() - began) * 1000)
        if status != 200 or b'"errors"' in body[:200]:
            failures.append(f"{status} {body[:200]!r}")
    writer.close()


async def answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    status, headers = int(head[9:12]), head.lower()
    if b"transfer-encoding: chunked" in headers:
        body = b""
        while size := int(await reader.readline(), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
        return status, body
    length = int(headers.partition(b"content-length:")[2].partition(b"\r\n")[0])
    return status, await reader.readexactly(length)


async def main() -> None:
    task = json.load(sys.stdin)
    latencies: list[float] = []
    failures: list[str] = []
    began = time.perf_counter()
    apart = (
        len(task["requests"]) / task["clients"]
    )  # nobody asks the same as somebody else, where there is more than one
    places = (int(number * apart) for number in range(task["clients"]))
    await asyncio.gather(*(client(task, place, began + task["seconds"], latencies, failures) for place in places))
    seconds = time.perf_counter() - began
    json.dump(
        {"latencies": latencies, "seconds": seconds, "failed": len(failures), "failures": failures[:3]}, sys.stdout
    )


if __name__ == "__main__":
    asyncio.run(main())
