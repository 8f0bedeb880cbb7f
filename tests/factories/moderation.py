"""Reports and what follows from them, made by the real rules."""

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from backend.accounts.models import Person
from backend.core import clock
from backend.moderation.actions.help import ask_for_help
from backend.moderation.actions.reports import confirm_ban, decide_report, report_content
from backend.moderation.models import HelpRequest, Report, ReportOutcome, Sanction
from backend.workspaces.actions.files import upload_file
from backend.workspaces.models import PUPIL_ROLES, File, Workspace
from tests.factories.people import officer, teacher

# The smallest GIF there is: one pixel.
PIXEL = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00"
    b"\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)


def photo(room: Workspace, *, actor: Person) -> File:
    file = upload_file(room, actor=actor, upload=SimpleUploadedFile("photo.gif", PIXEL))
    assert file.kind == "IMAGE"
    return file


def report(subject: Any, *, actor: Person, category: str = "SPAM", note: str = "Look at this") -> Report:
    return report_content(subject, actor=actor, category=category, note=note)


def in_a_week() -> date:
    return clock.now().date() + timedelta(days=7)


def sanction(person: Person, outcome: str = ReportOutcome.SUSPENSION, *, by: Person | None = None) -> Sanction:
    """Somebody reported the person's profile (a pupil's teacher the pupil's), and an officer of the country decided."""
    by = by or officer(person.country_id)
    place = person.workspace_memberships.filter(role__in=PUPIL_ROLES).first()
    made = report(person, actor=place.added_by if place and place.added_by else teacher("DE"))
    made = decide_report(made, actor=by, outcome=outcome, reason="Not here", until=in_a_week())
    if outcome == ReportOutcome.BAN:
        made = confirm_ban(made, actor=officer(person.country_id), reason="Never")
    found: Sanction = made.sanction
    return found


def help_request(*, actor: Person, topic: str = "TECHNICAL", text: str = "It does not load") -> HelpRequest:
    return ask_for_help(actor=actor, topic=topic, text=text)
