"""What has been kept long enough goes, once, and a dry run only counts."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from backend.accounts.models import AccessToken, Person, Session, SignInAttempt
from backend.accounts.sign_in import issue_token
from backend.core import clock
from backend.core.models import JobRun
from backend.eventlog.models import Event, Receipt
from backend.moderation.models import Report, ReportReading
from backend.notifications.models import Notification
from backend.privacy.retention import STEPS, apply_retention
from backend.projects.models import Project
from backend.workspaces.models import Post
from tests.factories.moderation import report
from tests.factories.people import PersonFactory, officer, teacher
from tests.factories.projects import pupil
from tests.factories.scene import Scene

pytestmark = pytest.mark.django_db
COUNTED = dict.fromkeys((str(name) for name, *_ in STEPS), 0)


def ago(**age: Any) -> datetime:
    return clock.now() - timedelta(**age)


def applied(**given: Any) -> dict[str, int]:
    return {name: count for name, count in apply_retention(**given) if count}


def test_nothing_is_old_yet() -> None:
    Scene()
    before = Event.objects.count()
    assert dict(apply_retention()) == COUNTED
    assert Event.objects.count() == before


def test_traces_of_signing_in() -> None:
    ana = teacher("FR")
    for hours in (1, 30):
        SignInAttempt.objects.create(login_digest="x", at=ago(hours=hours))
        Receipt.objects.create(owner="", key=str(hours), mutation="m", input_digest="x", at=ago(hours=hours))
    for days in (-1, 1):
        Session.objects.create(session_key=f"k{days}", session_data="", person=ana, expire_date=ago(days=days))
    for days in (10, 100):
        issue_token(ana, name=f"expired {days}")
        AccessToken.objects.filter(name=f"expired {days}").update(expires_at=ago(days=days))
        issue_token(ana, name=f"revoked {days}")
        AccessToken.objects.filter(name=f"revoked {days}").update(revoked_at=ago(days=days))
    expected = {
        "attempts to sign in": 1, "ended sessions": 1, "expired tokens": 1, "revoked tokens": 1,
        "answers kept for clients that repeat themselves": 1,
    }  # fmt: skip
    assert applied(dry_run=True) == expected
    assert AccessToken.objects.count() == 4
    assert applied() == expected
    assert applied() == {}
    assert sorted(AccessToken.objects.values_list("name", flat=True)) == ["expired 10", "revoked 10"]
    assert Session.objects.get().session_key == "k-1"


def test_logs_of_ninety_days() -> None:
    ana, desk = teacher("FR"), officer("FR")
    made = report(ana, actor=teacher("DE"))
    event = Event.objects.latest("id")
    for days in (89, 91):
        reading = ReportReading.objects.create(report=made, reader=desk)
        ReportReading.objects.filter(pk=reading.pk).update(created_at=ago(days=days))
    Notification.objects.all().delete()
    for person, read_at in ((ana, ago(days=91)), (desk, ago(days=89)), (teacher("FR"), None)):
        Notification.objects.create(recipient=person, event=event, read_at=read_at)
    assert applied() == {"read notifications": 1, "who opened which report": 1}
    assert (Notification.objects.count(), ReportReading.objects.count()) == (2, 1)


def test_accounts_that_came_to_nothing() -> None:
    kept = [PersonFactory(state="EMAIL_UNCONFIRMED", state_since=ago(days=29)), teacher("FR")]
    kept.append(PersonFactory(state="REJECTED", state_since=ago(days=364)))
    gone = [PersonFactory(state="EMAIL_UNCONFIRMED", state_since=ago(days=31))]
    gone.append(PersonFactory(state="REJECTED", state_since=ago(days=366)))
    scene = Scene()
    child = pupil(scene.room, actor=scene.founder)
    Person.objects.filter(pk=child.pk).update(state="REVOKED", state_since=ago(days=366))
    expected = {
        "registrations whose address was never confirmed": 1, "rejected requests": 1, "pupils whose account ended": 1
    }  # fmt: skip
    assert applied(dry_run=True) == expected
    assert applied() == expected
    assert applied() == {}
    assert {str(Person.objects.get(pk=person.pk)) for person in (*gone, child)} == {"Removed member"}
    assert "Removed member" not in {str(Person.objects.get(pk=person.pk)) for person in kept}


@pytest.mark.parametrize(
    ("state", "days", "gone"), [("CLOSED", 366, True), ("CLOSED", 364, False), ("ARCHIVED", 999, False)]
)
def test_content_of_workspaces(  # type: ignore[no-untyped-def]
    state: str, days: int, gone: bool, django_capture_on_commit_callbacks
) -> None:
    scene = Scene()
    photo = scene.photo()
    storage, name = photo.content.storage, photo.content.name
    Project.objects.filter(pk=scene.room.project_id).update(state=state, state_since=ago(days=days))
    with django_capture_on_commit_callbacks(execute=True):
        done = applied()
    assert done == ({"workspaces closed a year ago and not archived": 1} if gone else {})
    assert Post.objects.exists() is not gone
    assert storage.exists(name) is not gone
    assert Event.objects.filter(kind="content.retired").count() == int(gone)
    assert applied() == {}
    assert Project.objects.get(pk=scene.room.project_id).title


def test_the_words_of_reported_things() -> None:
    scene = Scene()
    for thing, decided_at in ((scene.post, ago(days=366)), (scene.update, ago(days=364)), (scene.page, None)):
        made = report(thing, actor=scene.other)
        if decided_at:
            Report.objects.filter(pk=made.pk).update(state="DECIDED", decided_at=decided_at)
    assert applied() == {"what reported things said, decided a year ago": 1}
    kept = list(Report.objects.order_by("pk").values_list("said", flat=True))
    assert kept[0] == []
    assert kept[1:] == [[["text", "News"]], [["title", scene.page.title], ["text", scene.page.text]]]
    close = {"state": "CLOSED", "state_since": ago(days=366)}
    Project.objects.filter(pk=scene.room.project_id).update(**close)
    list(apply_retention())
    assert list(Report.objects.order_by("pk").values_list("said", flat=True))[:2] == [[], []]


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    SignInAttempt.objects.create(login_digest="x", at=timezone.now() - timedelta(days=2))
    call_command("apply_retention", "--dry-run")
    assert "attempts to sign in: 1\n" in capsys.readouterr().out
    assert SignInAttempt.objects.count() == 1
    call_command("apply_retention")
    assert SignInAttempt.objects.count() == 0


def test_the_job_says_when_it_ran_and_a_dry_run_is_no_run() -> None:
    call_command("apply_retention", "--dry-run")
    assert not JobRun.objects.exists()
    call_command("apply_retention")
    assert not JobRun.objects.get(name="apply_retention").has_failed
