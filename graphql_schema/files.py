"""Files of workspaces, read back by their members, who have to be there: an address alone tells nothing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.http import content_disposition_header

from backend.accounts.models import Person
from backend.labels.evidence import evidence_file
from backend.moderation.evidence import evidence
from backend.privacy.actions import person_of_export
from backend.privacy.export import export as export_data
from backend.workspaces.models import File, FileKind, Workspace
from backend.workspaces.output.calendar import calendar_of
from backend.workspaces.output.export import export_workspace
from backend.workspaces.permissions import can_export
from backend.workspaces.uploads.links import NoLink, viewer_of_address
from graphql_schema.http.identity import identify
from graphql_schema.http.once import keep_open, opens_once
from graphql_schema.http.problems import Problem
from graphql_schema.streaming import streamed


async def file(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The bytes of a file, by an address that the API gave to whoever may read it; nothing for anybody else."""
    return await sync_to_async(_opened)(request, _file, key)


async def export(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """A whole workspace as a ZIP, by an address that the API gave to its founders; nothing for anybody else."""
    return await sync_to_async(_opened)(request, _export, key)


async def calendar(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The plan of a workspace as a calendar file, by an address that the API gave to a member."""
    return await sync_to_async(_opened)(request, _calendar, key)


async def my_data(request: HttpRequest, key: str) -> HttpResponseBase:
    """What is known about somebody, for who asked by `exportMyData`."""
    return await sync_to_async(_opened)(request, _my_data, key)


def _opened(request: HttpRequest, view: Callable[[HttpRequest, Any], HttpResponseBase], key: Any) -> HttpResponseBase:
    response = view(request, key)
    keep_open(request, response)
    return response


def _my_data(request: HttpRequest, key: str) -> HttpResponseBase:
    try:
        person, reader = person_of_export(key)
    except ValidationError:
        raise Http404 from None
    _must_be(request, reader)
    response = streamed(request, export_data(person, reader=reader), media_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, "etwinning.zip") or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def _reader(request: HttpRequest, page: str, key: UUID) -> Person | None:
    """For whom the address was made, who must be the one who asks; nobody where everybody may read."""
    try:
        reader = viewer_of_address(page, key, request.GET.get("key", ""))
    except NoLink:
        raise Http404 from None
    if reader:
        _must_be(request, reader)
    return reader


def _must_be(request: HttpRequest, reader: Person) -> None:
    """By cookie or token; where neither comes with the request, by an address that opens once."""
    present = _present(request)
    if present != reader and (present or not opens_once(request)):
        raise Http404


def _present(request: HttpRequest) -> Person | None:
    """Who asks; nobody without a good token or session, nor an officer who has not given a second factor."""
    try:
        viewer, _ = identify(request)
    except Problem:
        return None
    return None if viewer and viewer.needs_second_factor else viewer


def _export(request: HttpRequest, key: UUID) -> HttpResponseBase:
    viewer = _reader(request, "export", key)
    room = Workspace.objects.visible_to(viewer).filter(pk=key).first()
    if room is None or viewer is None or not can_export(viewer, room):
        raise Http404
    with translation.override(viewer.language):
        archive = export_workspace(room, actor=viewer)
    response = streamed(request, archive, media_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, f"{room.project.title}.zip") or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def _calendar(request: HttpRequest, key: UUID) -> HttpResponseBase:
    viewer = _reader(request, "calendar", key)
    room = Workspace.objects.visible_to(viewer).filter(pk=key).select_related("project").first()
    if room is None or viewer is None:
        raise Http404
    response = HttpResponse(calendar_of(room, reader=viewer), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{room.project.title}.ics") or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def _file(request: HttpRequest, key: UUID) -> HttpResponseBase:
    found = _found(request, key)
    if found is None:
        raise Http404
    response = streamed(request, found.content.open(), media_type=found.media_type)
    shown = found.kind in (FileKind.IMAGE, FileKind.VIDEO)
    response["Content-Disposition"] = content_disposition_header(not shown, found.name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _found(request: HttpRequest, key: UUID) -> File | None:
    """What the reader may read at this moment, whatever the address once promised."""
    if opened := request.GET.get("report", ""):  # a report about it was opened
        return evidence(opened, key=key, reader=_present(request))
    viewer = _reader(request, "file", key)
    readable = File.objects.visible_to(viewer).filter(removed_at=None, hidden_at=None).exclude(content="")
    return readable.filter(pk=key).first() or evidence_file(viewer, key)
