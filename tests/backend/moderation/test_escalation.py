"""A report is passed on to the central service: by whom, once, and who is told."""

from typing import Any

import pytest

from backend.eventlog.models import Event
from backend.moderation.actions.reports import decide_report, escalate_report
from backend.moderation.models import Report
from backend.moderation.permissions import can_read_escalation
from backend.notifications.models import Notification
from tests.backend.moderation.test_decisions import refused
from tests.factories.moderation import report
from tests.factories.people import central, officer, teacher

pytestmark = pytest.mark.django_db
KIND = "report.escalated"


def test_the_central_service_is_told() -> None:
    by, above = officer("FR"), central()
    officer("PL")
    made = report(teacher("FR"), actor=teacher("PL"))
    passed = escalate_report(made, actor=by, reason=" Two countries \n")
    kept = Report.objects.get()
    assert (kept.escalated_by, kept.escalation_reason, kept.is_escalated) == (by, "Two countries", True)
    assert (kept.due_at, kept.state, kept.escalated_at) == (made.due_at, "OPEN", passed.escalated_at)
    told = Event.objects.get(kind=KIND)
    assert (told.actor, told.subject_id, "Two countries" in str(told.data)) == (by, made.pk, False)
    assert list(Notification.objects.filter(event=told).values_list("recipient", flat=True)) == [above.pk]


@pytest.mark.parametrize("country", ["FR", None])
def test_it_can_still_be_decided_by_both(country: str | None) -> None:
    made = escalate_report(report(teacher("FR"), actor=teacher("PL")), actor=officer("FR"), reason="Hard")
    by = officer(country) if country else central()
    assert decide_report(made, actor=by, outcome="NO_ACTION", reason="Fine").decided_by == by


def test_who_passes_it_on() -> None:
    person, reporting = teacher("FR"), officer("FR")
    made = report(person, actor=reporting)
    above = central()
    for actor in (officer("DE"), officer("FR", role="VIEWER"), teacher("FR"), person, above):
        refused("not_permitted", escalate_report, made, actor=actor, reason="Hard")
    refused("own_report", escalate_report, made, actor=reporting, reason="Hard")
    accused = officer("FR")
    refused("own_report", escalate_report, report(accused, actor=accused), actor=accused, reason="Hard")
    refused("reason_missing", escalate_report, made, actor=officer("FR"), reason=" ")
    assert not Report.objects.exclude(escalated_at=None).exists()


def test_once_and_only_while_it_waits() -> None:
    by = officer("FR")
    made = escalate_report(report(teacher("FR"), actor=teacher("PL")), actor=by, reason="Hard")
    refused("report_escalated_already", escalate_report, made, actor=officer("FR"), reason="Again")
    made = decide_report(made, actor=by, outcome="NO_ACTION", reason="Fine")
    refused("report_decided", escalate_report, made, actor=by, reason="Again")
    assert Report.objects.get().escalation_reason == "Hard"


def test_who_of_the_central_service_is_concerned_is_not_told() -> None:
    reporting, other = central(), central()
    made = report(teacher("FR"), actor=reporting)
    escalate_report(made, actor=officer("FR"), reason="Hard")
    told = Notification.objects.filter(event__kind=KIND)
    assert list(told.values_list("recipient", flat=True)) == [other.pk]


@pytest.mark.parametrize(("category", "letters"), [("SPAM", 0), ("SEXUAL", 1)])
def test_what_is_severe_goes_by_letter_too(
    category: str, letters: int, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    by, above = officer("FR"), central()
    made = report(teacher("FR"), actor=teacher("PL"), category=category)
    with django_capture_on_commit_callbacks(execute=True):
        escalate_report(made, actor=by, reason="Hard")
    assert [letter.to for letter in mailoutbox] == [[above.email]] * letters


def test_officers_read_why() -> None:
    person, reporting = teacher("FR"), teacher("PL")
    made = report(person, actor=reporting)
    read = (officer("FR"), officer("FR", role="VIEWER"), central())
    assert all(can_read_escalation(viewer, made) for viewer in read)
    assert not any(can_read_escalation(viewer, made) for viewer in (person, reporting, officer("DE")))
