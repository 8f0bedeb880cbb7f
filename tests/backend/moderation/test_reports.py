"""What can be reported, who is told, and what happens to photos."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from backend.eventlog.models import Entry, Event
from backend.moderation.actions import reports
from backend.moderation.actions.reports import decide_report, open_report, report_content
from backend.moderation.models import Report, ReportCategory, ReportReading, ReportState
from backend.notifications.models import Notification
from backend.projects.models import Project
from backend.schools.models import School
from backend.workspaces.actions.discussions import add_post, open_discussion, remove_post, start_thread
from backend.workspaces.actions.files import remove_file
from backend.workspaces.actions.updates import post_update
from backend.workspaces.models import ChatMessage, ChatRoom, File, Page, Post, Workspace
from tests.factories.moderation import photo, report
from tests.factories.people import central, officer, teacher
from tests.factories.projects import project, pupil, workspace

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 9, 7, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


@pytest.fixture
def room() -> Workspace:
    return workspace()


def people_of(room: Workspace) -> tuple[Any, Any, Any]:
    """A founder from France, one from Poland, and a French pupil."""
    founder, other = (m.person for m in room.project.founders)
    return founder, other, pupil(room, actor=founder)


def a_post(room: Workspace, author: Any) -> Post:
    founder = room.project.founders[0].person
    thread = start_thread(open_discussion(room, actor=founder, title="D"), actor=founder, title="T", text="First")
    return add_post(thread, actor=author, text="Rude words")


def code_of(refused: Any) -> str:
    error = refused.value
    return next(iter(error.error_dict.values()))[0].code if hasattr(error, "error_dict") else error.code


def test_everything_of_the_list_can_be_reported(room: Workspace) -> None:
    founder, other, _ = people_of(room)
    page = Page.objects.create(workspace=room, author=other, title="P", text="Page", published_at=MONDAY)
    chat = ChatRoom.objects.create(workspace=room, author=other, title="C")
    things = {
        "POST": (a_post(room, other), "PL", "Rude words"),
        "UPDATE": (post_update(room, actor=other, text="News"), "PL", "News"),
        "PAGE": (page, "PL", "P\n\nPage"),
        "CHAT_MESSAGE": (ChatMessage.objects.create(workspace=room, author=other, room=chat, text="Hi"), "PL", "Hi"),
        "FILE": (photo(room, actor=other), "PL", "photo.png"),
        "PERSON": (other, "PL", str(other).replace(" ", "\n\n")),
        "PROJECT": (room.project, "FR", "Rivers"),
        "SCHOOL": (School.objects.get(pk=other.school_id), "PL", "School"),
    }
    for kind, (thing, country, text) in things.items():
        made = report(thing, actor=founder)
        inside = kind in ("POST", "UPDATE", "PAGE", "CHAT_MESSAGE", "FILE")
        owned = inside or kind == "PERSON"
        assert (made.subject_kind, made.country_id, made.state) == (kind, country, ReportState.OPEN)
        assert made.workspace_id == (room.pk if inside else None)
        assert made.author_id == (other.pk if owned else None)
        assert reports.subjects.text_of(reports.subjects.subject_of(made)).startswith(text)


def test_severe_reports_are_due_within_a_day(room: Workspace) -> None:
    founder, other, _ = people_of(room)
    room.project.members.first().country.__class__.objects.filter(pk="PL").update(target_working_days=3)
    with time_machine.travel(MONDAY, tick=False):
        due = {
            category: report(post_update(room, actor=other, text="New"), actor=founder, category=category).due_at
            for category in ReportCategory.values
        }
    severe, others = MONDAY + timedelta(hours=24), MONDAY + timedelta(days=3)
    assert due == {c: severe if c in ("SEXUAL", "BULLYING", "HATE") else others for c in ReportCategory.values}


def test_officers_get_a_letter_about_what_is_severe(mailoutbox: Any, django_capture_on_commit_callbacks: Any) -> None:
    lead, deciding = officer("FR", role="LEAD"), officer("FR")
    officer("FR", role="VIEWER"), officer("PL")
    with django_capture_on_commit_callbacks(execute=True):
        report(teacher("FR"), actor=teacher("PL"), category="SPAM")
        report(teacher("FR"), actor=deciding, category="HATE")
    (letter,) = mailoutbox
    assert (letter.to, letter.subject) == ([lead.email], "A severe report waits for you")
    assert "(Profile: Hate)" in letter.body


def test_teachers_and_the_agency_are_told_but_not_whom_it_is_about(room: Workspace) -> None:
    founder, other, child = people_of(room)
    polish, french, viewer = officer("PL"), officer("FR"), officer("PL", role="VIEWER")
    post = a_post(room, other)
    Notification.objects.all().delete()
    made = report(post, actor=child)
    told = Notification.objects.filter(event__kind="report.made").values_list("recipient", flat=True)
    mine = {o.person_id for o in polish.officer.agency.officers.all() if o.person_id != viewer.pk}
    assert set(told) == {founder.pk, *mine}
    visible = {p: Report.objects.visible_to(p).filter(pk=made.pk).exists() for p in (founder, other, child, viewer)}
    assert visible == {founder: True, other: False, child: True, viewer: True}
    assert not Report.objects.visible_to(french).exists()
    assert Report.objects.visible_to(central()).get() == made
    assert not Report.objects.visible_to(teacher("PL")).exists()
    assert not Report.objects.visible_to(None).exists()


def test_nobody_in_the_workspace_learns_who_reported(room: Workspace) -> None:
    _, other, child = people_of(room)
    file = photo(room, actor=other)
    seen = Entry.objects.filter(stream=room.pk).count()
    report(file, actor=child)
    new = Entry.objects.filter(stream=room.pk).order_by("seq")[seen:]
    assert [(e.event.kind, e.event.actor_id) for e in new] == [("workspace.content_hidden", None)]


def test_a_reported_photo_is_hidden_until_it_is_decided(room: Workspace) -> None:
    founder, other, child = people_of(room)
    file = photo(room, actor=other)
    one, two = report(file, actor=founder), report(file, actor=child)
    file.refresh_from_db()
    assert file.is_removed
    assert file.removed_at is None
    decide_report(one, actor=officer("PL"), outcome="NO_ACTION", reason="Fine")
    assert File.objects.get(pk=file.pk).hidden_at is not None, "another report is open"
    decide_report(two, actor=officer("PL"), outcome="NO_ACTION", reason="Fine")
    assert File.objects.get(pk=file.pk).hidden_at is None
    assert Event.objects.filter(kind="workspace.content_shown", subject_id=file.pk).count() == 1
    update = post_update(room, actor=other, text="Words stay")
    report(update, actor=founder)
    update.refresh_from_db()
    assert not update.is_removed


def test_who_was_told_that_a_photo_is_fine_does_not_hide_it_again(room: Workspace) -> None:
    founder, other, child = people_of(room)
    file = photo(room, actor=other)
    decide_report(report(file, actor=child), actor=officer("PL"), outcome="NO_ACTION", reason="Fine")
    again = report(file, actor=child)
    assert File.objects.get(pk=file.pk).hidden_at is None
    assert again.is_open
    report(file, actor=founder)
    assert File.objects.get(pk=file.pk).hidden_at is not None


def test_a_pupils_teachers_see_reports_about_the_pupil(room: Workspace) -> None:
    founder, other, child = people_of(room)
    mate = pupil(room, actor=founder, given_name="Ola")
    made = report(child, actor=mate, category="BULLYING")
    assert made.workspace_id == room.pk
    seen = {p: Report.objects.visible_to(p).exists() for p in (founder, other, mate, child)}
    assert seen == {founder: True, other: True, mate: True, child: False}
    with pytest.raises(ValidationError) as refused:
        decide_report(made, actor=officer("FR"), outcome="CONTENT_REMOVED", reason="No")
    assert code_of(refused) == "nothing_to_remove"


def test_a_photo_that_led_to_a_decision_stays_hidden(room: Workspace) -> None:
    founder, other, child = people_of(room)
    file = photo(room, actor=other)
    decide_report(report(file, actor=founder), actor=officer("PL"), outcome="WARNING", reason="Not fine")
    decide_report(report(file, actor=child), actor=officer("PL"), outcome="NO_ACTION", reason="Decided before")
    assert File.objects.get(pk=file.pk).hidden_at is not None


def test_once_at_a_time(room: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    founder, other, child = people_of(room)
    post = a_post(room, other)
    first = report(post, actor=founder)
    with pytest.raises(ValidationError) as refused:
        report(post, actor=founder)
    assert code_of(refused) == "report_open_already"
    report(post, actor=child)
    decide_report(first, actor=officer("PL"), outcome="NO_ACTION", reason="Fine")
    report(post, actor=founder)
    monkeypatch.setattr(reports, "REPORTS_A_DAY", 2)
    with pytest.raises(ValidationError) as refused:
        report(other, actor=founder)
    assert code_of(refused) == "reports_today"
    assert Report.objects.count() == 3


def test_what_cannot_be_reported(room: Workspace) -> None:
    founder, other, child = people_of(room)
    post, file = a_post(room, other), photo(room, actor=other)
    stranger, hidden = teacher("FR"), project("DRAFT")
    refusals: list[tuple[Any, Any, dict[str, Any], str]] = [
        (post, stranger, {}, "not_permitted"),
        (hidden, stranger, {}, "not_permitted"),
        (post, founder, {"category": "RUDE"}, "code_unknown"),
        (post, founder, {"note": "x" * 2001}, "too_long"),
        (remove_post(a_post(room, other), actor=other), founder, {}, "content_gone"),
        (remove_file(file, actor=other), founder, {}, "content_gone"),
    ]
    before = Event.objects.count()
    for thing, actor, values, code in refusals:
        with pytest.raises((PermissionDenied, ValidationError)) as refused:
            report_content(thing, actor=actor, **{"category": "SPAM", **values})
        assert code_of(refused) == code
    assert (Report.objects.count(), Event.objects.count()) == (0, before)
    assert Project.objects.visible_to(child).exists()


def test_opening_a_report_is_kept(room: Workspace) -> None:
    founder, other, child = people_of(room)
    made = report(a_post(room, other), actor=child)
    for actor in (founder, officer("PL"), central()):
        open_report(made, actor=actor, reason=" To decide ")
    assert ReportReading.objects.values_list("reader", "reason")[0] == (founder.pk, "To decide")
    read = Event.objects.filter(kind="report.read", subject_id=made.pk)
    assert [c.country_id for e in read for c in e.countries.all()] == ["PL"] * 3
    for actor in (child, other, officer("PL", role="VIEWER"), officer("FR"), teacher("PL")):
        with pytest.raises(PermissionDenied):
            open_report(made, actor=actor, reason="Curious")
    with pytest.raises(ValidationError) as refused:
        open_report(made, actor=founder, reason=" ")
    assert code_of(refused) == "reason_missing"
    assert ReportReading.objects.count() == read.count() == 3
