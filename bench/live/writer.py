"""Writes posts at a steady pace, each with the moment in its text; a process of its own, as other servers would be.

Reads the threads as JSON from standard input; runs until it is ended.
"""

import json
import random
import sys
import time

import django

django.setup()

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from backend.accounts.models import Person
from backend.workspaces.actions.discussions import add_post
from backend.workspaces.models import Thread


def main(a_second: float, way: str) -> None:
    given = json.load(sys.stdin)
    writer = Person.objects.get(pk=given["writer"])
    threads = list(
        Thread.objects.select_related("workspace__project", "discussion").filter(
            pk__in=[room["thread"] for room in given["rooms"]]
        )
    )
    next_at = time.monotonic()
    while True:
        next_at += 1 / a_second
        time.sleep(max(0, next_at - time.monotonic()))
        thread = random.choice(threads)
        post = add_post(thread, actor=writer, text=f"@{time.time():.6f}@ {given.get('filling', '')}".strip())
        if way == "stock":
            group_send = async_to_sync(get_channel_layer().group_send)
            group_send(f"room.{thread.workspace_id}", {"type": "post.added", "post": str(post.pk)})


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2])
