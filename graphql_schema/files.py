"""Files of workspaces, read back by their members."""

from uuid import UUID

from asgiref.sync import sync_to_async
from cross_web import HTTPException
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.http import content_disposition_header

from backend.accounts.models import Person
from backend.labels.evidence import evidence_file
from backend.moderation.evidence import evidence
from backend.workspaces.models import File, FileKind, Workspace
from backend.workspaces.output.export import export_workspace
from backend.workspaces.permissions import can_export
from graphql_schema.http import viewer_and_proof
from graphql_schema.streaming import streamed


async def file(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The bytes of a file for who is in its workspace, or assesses it as evidence; nothing for anybody else."""
    viewer = await _viewer(request)
    return await sync_to_async(_respond)(request, viewer, key)


async def export(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """A whole workspace as a ZIP, for its founders; nothing for anybody else."""
    viewer = await _viewer(request)
    return await sync_to_async(_export)(request, viewer, key)


async def _viewer(request: HttpRequest) -> Person | None:
    """Who asks; nobody without a good token or session, nor an officer who has not given a second factor."""
    try:
        viewer, _ = await viewer_and_proof(request)
    except HTTPException:
        return None
    return None if viewer and viewer.needs_second_factor else viewer


def _export(request: HttpRequest, viewer: Person | None, key: UUID) -> HttpResponseBase:
    room = Workspace.objects.visible_to(viewer).filter(pk=key).first()
    if room is None or viewer is None or not can_export(viewer, room):
        raise Http404
    with translation.override(viewer.language):
        archive = export_workspace(room, actor=viewer)
    response = streamed(request, archive, media_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, f"{room.project.title}.zip") or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def _respond(request: HttpRequest, viewer: Person | None, key: UUID) -> HttpResponseBase:
    readable = File.objects.visible_to(viewer).filter(removed_at=None, hidden_at=None).exclude(content="")
    found = readable.filter(pk=key).first() or evidence_file(viewer, key)
    if opened := request.GET.get("report", ""):  # a report about it was opened
        found = evidence(opened, key=key, reader=viewer)
    if found is None:
        raise Http404
    response = streamed(request, found.content.open(), media_type=found.media_type)
    shown = found.kind in (FileKind.IMAGE, FileKind.VIDEO)
    response["Content-Disposition"] = content_disposition_header(not shown, found.name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
