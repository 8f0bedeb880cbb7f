"""Files of workspaces, read back by their members."""

from uuid import UUID

from asgiref.sync import sync_to_async
from cross_web import HTTPException
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from backend.accounts.models import Person
from backend.moderation.evidence import evidence
from backend.workspaces.models import File, FileKind
from graphql_schema.http import viewer_and_proof


async def file(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The bytes of a file for who is in its workspace; nothing for anybody else."""
    try:
        viewer, _ = await viewer_and_proof(request)
    except HTTPException:
        viewer = None
    return await sync_to_async(_respond)(viewer, key, request.GET.get("report", ""))


def _respond(viewer: Person | None, key: UUID, opened: str) -> HttpResponseBase:
    found = File.objects.visible_to(viewer).filter(pk=key, removed_at=None, hidden_at=None).first()
    if opened:  # a report about it was opened
        found = evidence(opened, key=key, reader=viewer)
    if found is None:
        raise Http404
    response = FileResponse(found.content.open(), content_type=found.media_type)
    shown = found.kind == FileKind.IMAGE
    response["Content-Disposition"] = content_disposition_header(not shown, found.name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
