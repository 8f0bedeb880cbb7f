"""What stands in a workspace: one of every kind, for each audience, removed and hidden too."""

from datetime import time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from backend.accounts.models import Person
from backend.core import clock
from backend.core.models import change
from backend.projects.models import Project
from backend.workspaces.actions import chat, discussions, files, folders, home, pages, plan, roles, updates
from backend.workspaces.models import Workspace, WorkspaceMembership
from tests.factories.scene import photo


def fill(room: Workspace, *, founder: Person, pupil: WorkspaceMembership) -> Any:
    """Returns what labels and reports point at."""
    by: dict[str, Any] = {"actor": founder}
    thread = _forum(room, by)
    post = discussions.add_post(thread, **by, text="Me")
    post = discussions.edit_post(post, **by, text="I", expected_version=1)
    _feed(room, by)
    file, image = _materials(room, by, pupil)
    page = _pages(room, by, pupil)
    _plan(room, by)
    _chat(room, by)
    roles.note_consent(pupil, **by, kind="NAME", is_given=False)
    room = Workspace.objects.get(pk=room.pk)
    home.edit_home(room, **by, expected_version=1, description="Home", image=image)
    return thread, post, file, page


def _forum(room: Workspace, by: dict[str, Any]) -> Any:
    thread = None
    for audience in ("STAFF", "MEMBERS"):
        discussion = discussions.open_discussion(room, **by, title="T", description="D", audience=audience)
        discussion = discussions.edit_discussion(discussion, **by, expected_version=1, title="Talk")
        thread = discussions.start_thread(discussion, **by, title="T", text="Who?")
        thread = discussions.rename_thread(thread, **by, title="Us", expected_version=1)
        removed, hidden = (discussions.add_post(thread, **by, text="Me") for _ in range(2))
        discussions.remove_post(removed, **by)
        change(hidden, hidden_at=clock.now())
    return thread


def _feed(room: Workspace, by: dict[str, Any]) -> None:
    for audience in ("STAFF", "MEMBERS"):
        told = updates.post_update(room, **by, text="New", audience=audience)
        updates.edit_update(told, **by, text="News", expected_version=1)
        updates.remove_update(updates.post_update(room, **by, text="News", audience=audience), **by)


def _materials(room: Workspace, by: dict[str, Any], pupil: WorkspaceMembership) -> Any:
    photos: dict[str, Any] = {}
    roles.note_consent(pupil, **by, kind="IMAGE", is_given=True)
    for audience in ("STAFF", "PUBLIC", "MEMBERS"):
        folder = None if audience == "PUBLIC" else folders.add_folder(room, **by, name="F", audience=audience)
        if folder:
            folders.add_folder(room, **by, name="G", parent=folder, audience=audience)
        given = {"folder": folder, "audience": audience, "source": "Us", "caption": "C", "language": "fr"}
        photos[audience] = files.upload_file(room, **by, upload=photo(), shows=[pupil], **given)
        files.upload_file(room, **by, upload=_document(audience), **given)
        files.remove_file(files.upload_file(room, **by, upload=_document(audience), **given), **by)
        change(files.upload_file(room, **by, upload=_document(audience), **given), hidden_at=clock.now())
    return photos["MEMBERS"], photos["PUBLIC"]


def _document(audience: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("plan.pdf", b"%PDF-1.4\n%c4n0" + audience.encode() + b"\n%%EOF\n", "application/pdf")


def _pages(room: Workspace, by: dict[str, Any], pupil: WorkspaceMembership) -> Any:
    page = None
    for audience in ("STAFF", "PUBLIC", "MEMBERS"):
        pages.write_page(room, **by, title="Draft", text="Not yet", audience=audience)
        archived = pages.write_page(room, **by, title="Old", text="Once", audience=audience)
        pages.archive_page(pages.publish_page(archived, **by), **by)
        pages.remove_page(pages.write_page(room, **by, title="Gone", text="Away", audience=audience), **by)
        gone = pages.publish_page(pages.write_page(room, **by, title="Gone", text="Away", audience=audience), **by)
        pages.remove_page(gone, **by)
        page = pages.publish_page(pages.write_page(room, **by, title="Page", text="Ready", audience=audience), **by)
        page = pages.edit_page(page, **by, expected_version=1, text="Readier")
        page = pages.arrange_page(page, **by, editors="CHOSEN", chosen=[pupil])
    return page


def _plan(room: Workspace, by: dict[str, Any]) -> None:
    soon = clock.now() + timedelta(days=1)
    times: dict[str, Any] = {"starts_at": soon, "ends_at": soon + timedelta(hours=1), "link": "https://meet.example/1"}
    days = {"starts_on": soon.date(), "ends_on": soon.date()}
    activity = plan.plan_activity(room, **by, title="Look", text="How", who="Lyon", **days)
    plan.complete_activity(plan.edit_activity(activity, **by, expected_version=1, title="Measure"), **by)
    plan.remove_activity(plan.plan_activity(room, **by, title="Measure", text="How", who="Lyon"), **by)
    for audience in ("STAFF", "MEMBERS"):
        meeting = plan.plan_meeting(room, **by, title="Hi", text="About", audience=audience, **times)
        plan.edit_meeting(meeting, **by, expected_version=1, title="Hello")
        gone = plan.plan_meeting(room, **by, title="Hello", text="About", audience=audience, **times)
        plan.cancel_meeting(gone, **by)


def _chat(room: Workspace, by: dict[str, Any]) -> None:
    for audience in ("STAFF", "MEMBERS"):
        place = chat.open_chat_room(room, **by, title="Chat", audience=audience)
        chat.start_chat_duty(place, **by, minutes=60)
        chat.send_chat_message(place, **by, text="Anybody?")
        chat.remove_chat_message(chat.send_chat_message(place, **by, text="Anybody?"), **by)
        chat.edit_chat_room(place, **by, opens_at=time(8), closes_at=time(16))
        chat.close_chat_room(chat.open_chat_room(room, **by, title="Over", audience=audience), **by)


def project_of(room: Workspace) -> Project:
    return Project.objects.get(pk=room.project_id)
