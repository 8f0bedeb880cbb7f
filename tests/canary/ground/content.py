"""What stands in a workspace: one of every kind, for each audience, removed and hidden too."""

from datetime import timedelta
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
    page = _pages(room, by)
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
        thread = discussions.start_thread(discussion, **by, title="T", text="Who?")
        removed, hidden = (discussions.add_post(thread, **by, text="Me") for _ in range(2))
        discussions.remove_post(removed, **by)
        change(hidden, hidden_at=clock.now())
    return thread


def _feed(room: Workspace, by: dict[str, Any]) -> None:
    for audience in ("STAFF", "MEMBERS"):
        updates.post_update(room, **by, text="News", audience=audience)
        updates.remove_update(updates.post_update(room, **by, text="News", audience=audience), **by)


def _materials(room: Workspace, by: dict[str, Any], pupil: WorkspaceMembership) -> Any:
    photos: dict[str, Any] = {}
    roles.note_consent(pupil, **by, kind="IMAGE", is_given=True)
    for audience in ("STAFF", "PUBLIC", "MEMBERS"):
        folder = None if audience == "PUBLIC" else folders.add_folder(room, **by, name="F", audience=audience)
        given = {"folder": folder, "audience": audience, "source": "Us", "caption": "C"}
        photos[audience] = files.upload_file(room, **by, upload=photo(), shows=[pupil], **given)
        files.upload_file(room, **by, upload=_document(audience), **given)
        files.remove_file(files.upload_file(room, **by, upload=_document(audience), **given), **by)
        change(files.upload_file(room, **by, upload=_document(audience), **given), hidden_at=clock.now())
    return photos["MEMBERS"], photos["PUBLIC"]


def _document(audience: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("plan.pdf", b"%PDF-1.4\n%c4n0" + audience.encode() + b"\n%%EOF\n", "application/pdf")


def _pages(room: Workspace, by: dict[str, Any]) -> Any:
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
    return page


def _plan(room: Workspace, by: dict[str, Any]) -> None:
    soon = clock.now() + timedelta(days=1)
    times: dict[str, Any] = {"starts_at": soon, "ends_at": soon + timedelta(hours=1), "link": "https://meet.example/1"}
    activity = plan.plan_activity(room, **by, title="Measure", text="How", who="Lyon")
    plan.complete_activity(activity, **by)
    plan.remove_activity(plan.plan_activity(room, **by, title="Measure", text="How", who="Lyon"), **by)
    for audience in ("STAFF", "MEMBERS"):
        plan.plan_meeting(room, **by, title="Hello", text="About", audience=audience, **times)
        gone = plan.plan_meeting(room, **by, title="Hello", text="About", audience=audience, **times)
        plan.cancel_meeting(gone, **by)


def _chat(room: Workspace, by: dict[str, Any]) -> None:
    for audience in ("STAFF", "MEMBERS"):
        place = chat.open_chat_room(room, **by, title="Chat", audience=audience)
        chat.start_chat_duty(place, **by, minutes=60)
        chat.send_chat_message(place, **by, text="Anybody?")
        chat.remove_chat_message(chat.send_chat_message(place, **by, text="Anybody?"), **by)


def project_of(room: Workspace) -> Project:
    return Project.objects.get(pk=room.project_id)
