"""Documents and photos."""

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum

from backend.accounts.models import Person
from backend.core import clock, fields
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.core.text import tidy
from backend.eventlog.record import record
from backend.workspaces.events import FileRemoved, FileUploaded
from backend.workspaces.models import File, Workspace
from backend.workspaces.permissions import can_remove, can_upload_file
from backend.workspaces.room import ensure_open, enter
from backend.workspaces.sniffing import sniff

MEGABYTE = 1024 * 1024


@transaction.atomic
def upload_file(workspace: Workspace, *, actor: Person, upload: "UploadedFile[bytes]", caption: str = "") -> File:
    """Keep a document, or a photo without its metadata; what it is decides its content, not its name."""
    workspace = Workspace.objects.lock(workspace)
    allow(can_upload_file(enter(workspace, actor)))
    ensure_open(workspace)
    size, limit = upload.size or 0, settings.UPLOAD_FILE_LIMIT
    ensure(size > 0, "file_empty", field="file")
    ensure(size <= limit, "file_too_large", field="file", limit=limit // MEGABYTE)
    name, caption = tidy(upload.name or "")[-160:], tidy(caption)
    fields.limit(300, caption=caption)
    sniffed = sniff(name, upload.read())
    taken = File.objects.filter(workspace=workspace, removed_at=None).aggregate(total=Sum("size"))["total"] or 0
    free = settings.UPLOAD_WORKSPACE_LIMIT - taken
    ensure(len(sniffed.content) <= free, "workspace_full", field="file")
    file = File(
        workspace=workspace, author=actor, name=name, caption=caption, kind=sniffed.kind,
        media_type=sniffed.media_type, size=len(sniffed.content),
    )  # fmt: skip
    file.content.save(name, ContentFile(sniffed.content), save=False)
    file.save(force_insert=True)
    record(FileUploaded(file), actor=actor)
    return file


@transaction.atomic
def remove_file(file: File, *, actor: Person) -> File:
    """The author or a teacher takes it away; the bytes go after commit."""
    file = File.objects.lock(file)
    allow(can_remove(enter(file.workspace, actor), file))
    ensure_open(file.workspace)
    ensure(not file.is_removed, "post_removed")
    change(file, removed_at=clock.now(), removed_by=actor)
    stored = file.content.name or ""
    transaction.on_commit(lambda: file.content.storage.delete(stored), robust=True)
    record(FileRemoved(file), actor=actor)
    return file
