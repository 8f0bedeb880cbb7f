"""What takes too long: agencies are reminded of decisions, founders of answers."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from backend.eventlog.models import Event
from backend.monitoring.reminders import remind_overdue
from backend.notifications.models import Notification
from backend.projects.actions.approval import approve_project
from backend.projects.actions.drafting import accept_project
from backend.projects.models import Project
from backend.projects.tracker import steps_of
from tests.factories.people import central, officer, teacher
from tests.factories.projects import project

pytestmark = pytest.mark.django_db


def test_reminders_go_to_the_officers_then_the_lead_then_central() -> None:
    waiting = project("PENDING_APPROVAL")
    people = {"officer": officer("FR"), "lead": officer("FR", role="LEAD"), "viewer": officer("FR", role="VIEWER"),
              "other": officer("DE"), "central": central()}  # fmt: skip
    approve_project(waiting, actor=officer("PL"), side="PL")
    names = {person.pk: name for name, person in people.items()}

    def told() -> list[set[str]]:
        events = Event.objects.filter(kind="project.decision_overdue").order_by("pk")
        found = [Notification.objects.filter(event=event).values_list("recipient", flat=True) for event in events]
        return [{names[key] for key in keys} for keys in found]

    assert remind_overdue() == 0
    start = waiting.decisions.get(country="FR").due_at + timedelta(hours=1)
    for day, count in ((0, 1), (1, 0), (3, 1), (5, 1), (9, 0)):
        with time_machine.travel(start + timedelta(days=day), tick=False):
            assert remind_overdue() == count, day
    assert told() == [{"officer", "lead"}, {"lead"}, {"central"}]


def test_a_silent_founder_is_reminded_twice_then_the_other_is_told(
    mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    sender, silent = teacher("FR"), teacher("PL")
    with time_machine.travel("2026-03-02T09:00:00Z", tick=False):
        sent = project("PENDING_PARTNER", founders=(sender, silent))
    step = steps_of(sent)[1]
    assert (step.since, step.due_at, sent.due_at) == (sent.state_since, *[datetime(2026, 3, 16, 9, tzinfo=UTC)] * 2)
    told = []
    for day, count in ((16, 0), (17, 1), (18, 0), (22, 1), (27, 1), (31, 0)):
        with (
            time_machine.travel(f"2026-03-{day}T08:00:00Z", tick=False),
            django_capture_on_commit_callbacks(execute=True),
        ):
            assert remind_overdue() == count, day
    events = Event.objects.filter(kind="project.answer_overdue").order_by("pk")
    told = [Notification.objects.get(event=event).recipient for event in events]
    assert told == [silent, silent, sender]
    assert [mail.to for mail in mailoutbox] == [[person.email] for person in told]
    accept_project(sent, actor=silent)
    assert remind_overdue() == 0


def test_who_sends_again_waits_afresh() -> None:
    sent = project("PENDING_PARTNER")
    Project.objects.update(answer_reminders=3)
    accept_project(sent, actor=sent.founders[1].person)
    assert remind_overdue() == 0
    sent.refresh_from_db()
    assert sent.due_at != sent.answer_due_at, "it waits for the agencies now"
