"""Looks into the database after the storm and prints the books as JSON; run in a process of its own."""

import json
import sys

import django

django.setup()

from django.db.models import Count

from backend.core import clock
from backend.eventlog.models import Entry, Stream
from backend.eventlog.retention import broken_streams
from backend.workspaces.models import Post, Workspace, WorkspaceMembership


def main(revoke: str = "") -> None:
    if revoke:
        WorkspaceMembership.objects.filter(pk=revoke).update(left_at=clock.now())
    room = Workspace.objects.get()
    entries = Entry.objects.filter(stream=room.pk)
    twice = Post.objects.values("text").annotate(rows=Count("pk")).filter(rows__gt=1)
    books = {
        "head": Stream.objects.get(pk=room.pk).head,
        "entries": entries.count(),
        "post_events": entries.filter(event__kind="workspace.post_added").count(),
        "posts": Post.objects.exclude(text="Begin.").count(),
        "texts": list(Post.objects.exclude(text="Begin.").order_by("pk").values_list("text", flat=True)),
        "written_twice": list(twice.values_list("text", flat=True)),
        "broken": broken_streams(),
    }
    sys.stdout.write(json.dumps(books))


if __name__ == "__main__":
    main(*sys.argv[1:])
