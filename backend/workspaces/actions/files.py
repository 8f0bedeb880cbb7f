"""Documents, photos, videos and links, and the folders they lie in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.base import File as StoredFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from backend.accounts.models import Person
from backend.core import fields
from backend.core.guards import allow, ensure, ensure_newest
from backend.core.models import change, set_fields
from backend.core.text import tidy
from backend.eventlog.record import record
from backend.workspaces.consent import ensure_consent
from backend.workspaces.events import FileChanged, FileRemoved, FileUploaded, LinkAdded
from backend.workspaces.models import (
    Audience,
    File,
    FileKind,
    Folder,
    Licence,
    Workspace,
    WorkspaceMembership,
)
from backend.workspaces.naming import WORDS, ensure_names
from backend.workspaces.permissions import can_edit, can_remove, can_upload_file, is_staff, sees
from backend.workspaces.room import check_audience, ensure_open, ensure_there, enter, take_away, title_of
from backend.workspaces.uploads.quota import MEGABYTE, Quota, quota_of, taken_in
from backend.workspaces.uploads.sniffing import HEAD, name_of, sniff, video_type

TEXTS = {"caption": 300, "source": 300}


@dataclass(frozen=True)
class Kept:
    """What an upload turned out to be, and the bytes to keep."""

    name: str
    kind: str
    media_type: str
    content: "StoredFile[bytes]"


def upload_file(
    workspace: Workspace, *, actor: Person, upload: "UploadedFile[bytes]", shows: Iterable[WorkspaceMembership] = (),
    **said: Any,
) -> File:  # fmt: skip
    """Keep a document, a video, or a photo without its metadata; what it is decides its content, not its name.

    `said`: caption, folder, audience, language, licence, source, names_others. `shows`: the pupils to be seen in it.
    """
    allow(can_upload_file(enter(workspace, actor)))
    kept = _looked_at(upload, quota_of(workspace))  # before anything is locked: a large photo takes its time
    return _keep(workspace, actor=actor, kept=kept, shows=shows, **said)


@transaction.atomic
def _keep(
    workspace: Workspace, *, actor: Person, kept: Kept, shows: Iterable[WorkspaceMembership], **said: Any
) -> File:  # fmt: skip
    workspace = Workspace.objects.lock(workspace)
    me = enter(workspace, actor)
    allow(can_upload_file(me))
    ensure_open(workspace)
    room = quota_of(workspace).workspace * MEGABYTE - taken_in(workspace)
    ensure(kept.content.size <= room, "workspace_full", field="file")
    file = File(workspace=workspace, author=actor, name=kept.name, kind=kept.kind, size=kept.content.size)
    set_fields(file, media_type=kept.media_type, **_checked(me, file, said))
    shown = ensure_consent(me, kept.kind, shows)
    file.content.save(kept.name, kept.content, save=False)
    file.save(force_insert=True)
    file.shows.set(shown)
    record(FileUploaded(file), actor=actor)
    return file


@transaction.atomic
def add_link(workspace: Workspace, *, actor: Person, link: str, name: str, **said: Any) -> File:
    """A material that lies elsewhere in the web; `is_tool`: pupils are asked to work there, so parents must have agreed."""
    workspace = Workspace.objects.lock(workspace)
    me = enter(workspace, actor)
    allow(can_upload_file(me))
    ensure_open(workspace)
    file = File(workspace=workspace, author=actor, name=title_of(name), kind=FileKind.LINK, media_type="text/uri-list")
    set_fields(file, link=fields.web_address(link=link), **_checked(me, file, said))
    file.save(force_insert=True)
    record(LinkAdded(file), actor=actor)
    return file


@transaction.atomic
def change_file(
    file: File, *, actor: Person, expected_version: int | None = None,
    shows: Iterable[WorkspaceMembership] | None = None, **said: Any,
) -> File:  # fmt: skip
    """Change what is said about it: name, caption, folder, audience (not into or out of the staff room), language,
    licence, source, and who is to be seen in it. Its author or a teacher; who describes an old version gets both texts
    back."""
    file = File.objects.lock(file)
    me = enter(file.workspace, actor)
    allow(can_edit(me, file) or is_staff(me))
    ensure_open(file.workspace)
    ensure_there(file)
    if "name" in said:
        said["name"] = title_of(said["name"])
    clean = _checked(me, file, said)
    ensure_newest(file, expected_version, **clean)
    moves = (clean.get("audience", file.audience) == Audience.STAFF) != file.is_for_staff
    ensure(not moves, "page_published", field="audience")
    shown = ensure_consent(me, file.kind, file.shows.all() if shows is None else shows)
    changed = change(file, **clean)
    if set(file.shows.all()) != set(shown):
        file.shows.set(shown)
        changed.append("shows")
    if changed:
        change(file, version=file.version + 1)
        record(FileChanged(file), actor=actor)
    return file


@transaction.atomic
def remove_file(file: File, *, actor: Person) -> File:
    """The author or a teacher takes it away; the bytes go after commit."""
    file = File.objects.lock(file)
    allow(can_remove(enter(file.workspace, actor), file))
    ensure_open(file.workspace)
    ensure(file.removed_at is None and (file.hidden_at is None or file.awaits_consent), "removed")
    take_away(file, actor)
    stored = file.content.name or ""
    if stored:
        transaction.on_commit(lambda: file.content.storage.delete(stored), robust=True)
    record(FileRemoved(file), actor=actor)
    return file


def _looked_at(upload: "UploadedFile[bytes]", quota: Quota) -> Kept:
    """Videos are kept as they came, without ever being in memory as a whole."""
    name, size = upload.name or "", upload.size or 0
    ensure(size > 0, "file_empty", field="file")
    video = video_type(upload.read(HEAD))
    upload.seek(0)
    limit = quota.video if video else quota.file
    ensure(size <= limit * MEGABYTE, "file_too_large", field="file", limit=limit)
    if video:
        return Kept(name_of(name, video), FileKind.VIDEO, video, upload)
    sniffed = sniff(name, upload.read())
    return Kept(name_of(name, sniffed.media_type), sniffed.kind, sniffed.media_type, ContentFile(sniffed.content))


def _checked(me: WorkspaceMembership, file: File, said: dict[str, Any]) -> dict[str, Any]:
    """What is said about a file, tidied; refuses what cannot be stored."""
    names_others = said.pop("names_others", None) or False
    clean = {name: value for name, value in said.items() if value is not None or name == "folder"}
    for name, length in TEXTS.items():
        if name in clean:
            clean[name] = tidy(clean[name])
            fields.limit(length, **{name: clean[name]})
    if "audience" in clean:
        check_audience(me, clean["audience"], may_be_public=True)
    if "licence" in clean:
        fields.check_codes("licence", [clean["licence"]], Licence.values)
    licence, source = (clean.get(name, getattr(file, name)) for name in ("licence", "source"))
    ensure(licence != Licence.WITH_PERMISSION or bool(source), "source_missing", field="source")
    ensure(not clean.get("is_tool") or file.kind == FileKind.LINK, "only_links", field="is_tool")
    _check_names(me, file, clean, names_others)
    if clean.get("folder"):
        folder: Folder = clean["folder"]
        inside = folder.workspace_id == file.workspace_id and not folder.is_removed and sees(me, folder)
        ensure(inside, "not_found", field="folder")
        ensure(folder.is_open_to_pupils or not me.is_pupil, "folder_not_open", field="folder")
    if "language" in clean:
        code = clean.pop("language")
        known: Any = File._meta.get_field("language").related_model
        fields.check_codes("language", [code] if code else [], known.objects.values_list("pk", flat=True))
        clean["language_id"] = code or None
    return clean


def _check_names(me: WorkspaceMembership, file: File, clean: dict[str, Any], names_others: bool) -> None:
    """Where the world would read something new."""
    is_public = clean.get("audience", file.audience) == Audience.PUBLIC
    if is_public and clean.keys() & {"audience", *WORDS[File]}:
        ensure_names(me, *(clean.get(name, getattr(file, name)) for name in WORDS[File]), names_others=names_others)
