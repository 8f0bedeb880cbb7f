"""A whole workspace as a ZIP whose first page opens in a browser without a network."""

import json
import re
import tempfile
import zipfile
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model, QuerySet
from django.template.loader import render_to_string

from backend.accounts.models import Person
from backend.core.deadline import ensure_time
from backend.core.guards import allow
from backend.eventlog.record import record
from backend.projects.text import text_of
from backend.workspaces.events import WorkspaceExported
from backend.workspaces.models import (
    Activity,
    ChatMessage,
    ChatRoom,
    Discussion,
    File,
    FileKind,
    Folder,
    Meeting,
    Page,
    Post,
    Thread,
    Update,
    Workspace,
)
from backend.workspaces.permissions import can_export

IN_MEMORY = 5 * 1024 * 1024
NOT_IN_NAMES = re.compile(r"[^\w.\- ]+")
LISTS: dict[str, type[Model]] = {
    "pages": Page, "discussions": Discussion, "threads": Thread, "posts": Post, "updates": Update, "folders": Folder,
    "files": File, "activities": Activity, "meetings": Meeting, "chat_rooms": ChatRoom, "chat_messages": ChatMessage,
}  # fmt: skip
LEFT_OUT = {"removed_at", "removed_by", "hidden_at", "content"}


@transaction.atomic
def export_workspace(workspace: Workspace, *, actor: Person) -> IO[bytes]:
    """A founder takes the work home: a ZIP in a temporary file, at its beginning. What was removed is not in it."""
    allow(can_export(actor, workspace))
    out = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the caller sends and closes it)
    things = {name: list(_rows(model, workspace)) for name, model in LISTS.items()}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        stored = _store_files(archive, things["files"])
        _write_pages(archive, workspace, things, stored)
        archive.writestr("data.json", _as_json(workspace, things))
    out.seek(0)
    record(WorkspaceExported(workspace), actor=actor)
    return out


def _rows(model: type[Model], workspace: Workspace) -> QuerySet[Any]:
    there = model._default_manager.filter(workspace=workspace, removed_at=None, hidden_at=None)
    order = ("position", "pk") if model is Page else ("pk",)
    return there.select_related("author").order_by(*order)


def _store_files(archive: zipfile.ZipFile, files: list[File]) -> list[tuple[File, str]]:
    """Each file under a name that says what it is and harms no computer; links stay links."""
    stored = []
    for number, file in enumerate(files, start=1):
        if file.kind == FileKind.LINK:
            stored.append((file, file.link))
            continue
        name = f"files/{number:03}-{NOT_IN_NAMES.sub('_', file.name)[-80:]}"
        ensure_time()
        # As it is: photos and films shrink no further, and trying takes longer than a request may.
        with file.content.open() as content, archive.open(zipfile.ZipInfo(name), "w") as target:
            for part in content.chunks():
                target.write(part)
        stored.append((file, name))
    return stored


def _write_pages(
    archive: zipfile.ZipFile, workspace: Workspace, things: dict[str, list[Any]], stored: list[tuple[File, str]]
) -> None:
    project = workspace.project
    pages = [(page, f"pages/{n:03}.html") for n, page in enumerate(things["pages"], start=1)]
    threads = [(thread, f"forum/{n:03}.html") for n, thread in enumerate(things["threads"], start=1)]
    rooms = [(room, f"chat/{n:03}.html") for n, room in enumerate(things["chat_rooms"], start=1)]
    context = {
        "project": project, "workspace": workspace, "members": workspace.memberships.select_related("person__school"),
        "pages": pages, "forums": _forums(things["discussions"], threads), "rooms": rooms,
        "shelves": _shelves(things["folders"], stored), **_dated(things),
    }  # fmt: skip
    _write(archive, "index.html", "index", context)
    for page, name in pages:
        _write(archive, name, "page", {"project": project, "page": page})
    for thread, name in threads:
        said = [post for post in things["posts"] if post.thread_id == thread.pk]
        _write(archive, name, "talk", {"project": project, "title": thread.title, "said": said})
    for room, name in rooms:
        said = [message for message in things["chat_messages"] if message.room_id == room.pk]
        _write(archive, name, "talk", {"project": project, "title": room.title, "said": said})


def _forums(
    discussions: list[Discussion], threads: list[tuple[Thread, str]]
) -> list[tuple[Discussion | None, list[tuple[Thread, str]]]]:
    """Each with its threads; last, without a heading, those whose forum was taken away."""
    forums: dict[Any, tuple[Discussion | None, list[tuple[Thread, str]]]] = {
        each.pk: (each, []) for each in discussions
    }
    for thread, name in threads:
        key = thread.discussion_id if thread.discussion_id in forums else None
        forums.setdefault(key, (None, []))[1].append((thread, name))
    return list(forums.values())


def _shelves(folders: list[Folder], stored: list[tuple[File, str]]) -> list[tuple[str, list[tuple[File, str]]]]:
    """What lies in no folder, then the folders by their paths, each with what lies in it."""
    paths: dict[Any, str] = {}
    for folder in folders:  # parents come first
        above = paths.get(folder.parent_id)
        paths[folder.pk] = f"{above} / {folder.name}" if above else folder.name
    shelves: dict[Any, list[tuple[File, str]]] = {
        None: [],
        **{key: [] for key in sorted(paths, key=lambda k: paths[k])},
    }
    for file, name in stored:
        shelves[file.folder_id if file.folder_id in paths else None].append((file, name))
    return [(paths.get(key, ""), files) for key, files in shelves.items() if key or files]


def _dated(things: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {name: things[name] for name in ("updates", "activities", "meetings")}


def _write(archive: zipfile.ZipFile, name: str, template: str, context: dict[str, Any]) -> None:
    up = "../" * name.count("/")
    archive.writestr(name, render_to_string(f"workspaces/export/{template}.html", {**context, "up": up}))


def _as_json(workspace: Workspace, things: dict[str, list[Any]]) -> str:
    """For programs: every row, with its ids."""
    data: dict[str, Any] = {"project": {"id": workspace.project_id, **text_of(workspace.project)}}
    for name, rows in things.items():
        data[name] = [
            {
                field.name: field.value_from_object(row)
                for field in row._meta.concrete_fields
                if field.name not in LEFT_OUT
            }
            | {"author_name": str(row.author)}
            for row in rows
        ]
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
