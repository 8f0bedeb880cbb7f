"""A workspace where everything is there once."""

import io
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from backend.core import clock
from backend.projects.actions.partners import invite_partner
from backend.workspaces.actions import chat, discussions, files, folders, members, pages, plan, roles, updates
from backend.workspaces.models import Workspace
from tests.factories.people import teacher
from tests.factories.projects import contacts, workspace


class Scene:
    def __init__(self) -> None:
        self.room: Workspace = workspace()
        room = self.room
        self.founder, self.other = (m.person for m in room.project.founders)
        by: dict[str, Any] = {"actor": self.founder}
        cards = members.add_pupils(room, **by, given_names=["Lina", "Hugo"])
        self.pupil, self.helper = (card.membership for card in cards)
        roles.set_member_role(self.helper, **by, role="PUPIL_ADMINISTRATOR")
        self.discussion = discussions.open_discussion(room, **by, title="Rivers")
        self.board = discussions.open_discussion(room, **by, title="Staff room", audience="STAFF")
        self.thread = discussions.start_thread(self.discussion, **by, title="Hello", text="Who?")
        self.post = discussions.add_post(self.thread, **by, text="Me")
        self.update = updates.post_update(room, **by, text="News")
        self.folder = folders.add_folder(room, **by, name="Maps")
        self.file = files.upload_file(room, **by, upload=pdf())
        self.draft = pages.write_page(room, **by, title="Draft", text="Not yet", editors="MEMBERS")
        self.page = pages.publish_page(
            pages.write_page(room, **by, title="Page", text="Ready", editors="MEMBERS"), **by
        )
        self.activity = plan.plan_activity(room, **by, title="Measure", who="Lyon")
        soon = clock.now() + timedelta(days=1)
        self.times = {"starts_at": soon, "ends_at": soon + timedelta(hours=1), "link": "https://meet.example.org/1"}
        self.meeting = plan.plan_meeting(room, **by, title="Hello", **self.times)
        self.chat = chat.open_chat_room(room, **by, title="Chat")
        self.message = chat.send_chat_message(self.chat, **by, text="Anybody here?")
        self.guest = teacher("ES")
        contacts(self.founder, self.guest)
        self.invitation = invite_partner(room.project, **by, person=self.guest)
        self.visitor = teacher("IT")
        contacts(self.founder, self.visitor)

    def photo(self) -> Any:
        """A photo in the workspace."""
        return files.upload_file(self.room, actor=self.founder, upload=photo())


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("plan.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")


def photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(out, "JPEG")
    return SimpleUploadedFile("river.jpg", out.getvalue(), "image/jpeg")
