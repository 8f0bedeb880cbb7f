"""What takes too long: agencies are reminded of decisions, founders of answers."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from backend.accounts.models import Person
from backend.eventlog.models import Event
from backend.eventlog.record import CONSEQUENCES
from backend.moderation.actions.help import answer_help, reply_help
from backend.moderation.actions.sanctions import appeal_decision
from backend.moderation.models import Appeal, HelpRequest, Report
from backend.monitoring.events import CaseOverdue
from backend.monitoring.reminders import remind_overdue
from backend.notifications.models import Notification
from backend.projects.actions.approval import approve_project
from backend.projects.actions.drafting import accept_project
from backend.projects.models import Project
from backend.projects.tracker import steps_of
from tests.factories.labels import application
from tests.factories.moderation import help_request, report, sanction
from tests.factories.people import central, officer, teacher
from tests.factories.projects import hand_over, project

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


def a_report() -> Report:
    return report(teacher("FR"), actor=teacher("PL"))


def a_severe_report() -> Report:
    return report(teacher("FR"), actor=teacher("PL"), category="HATE")


def an_appeal() -> Appeal:
    made = sanction(teacher("FR"), "WARNING", by=officer("FR", given_name="Concerned"))
    return appeal_decision(made, actor=made.person, text="Why?")


def a_question() -> HelpRequest:
    return help_request(actor=teacher("FR"))


@pytest.mark.parametrize(
    ("make", "hours"),
    [(a_report, 48), (a_severe_report, 24), (an_appeal, 48), (a_question, 48), (application, 48), (hand_over, 48)],
)
def test_every_case_that_waits_too_long(make: Callable[[], Any], hours: int) -> None:
    case = make()
    people = {"officer": officer("FR"), "lead": officer("FR", role="LEAD"), "viewer": officer("FR", role="VIEWER"),
              "other": officer("DE"), "central": central()}  # fmt: skip
    names = {person.pk: name for name, person in people.items()}
    assert remind_overdue() == 0
    start, step = case.due_at + timedelta(hours=1), timedelta(hours=hours)
    for moment, count in ((start, 1), (start, 0), (start + step, 1), (start + 2 * step, 1), (start + 9 * step, 0)):
        with time_machine.travel(moment, tick=False):
            assert remind_overdue() == count, moment
    events = Event.objects.filter(kind="case.overdue").order_by("pk")
    told = [[each.recipient_id for each in event.notifications.all()] for event in events]
    assert [{names[key] for key in keys if key in names} for keys in told] == [
        {"officer", "lead"},
        {"lead"},
        {"central"},
    ]
    concerned = Person.objects.filter(given_name="Concerned").values_list("pk", flat=True)
    assert not set(concerned) & {key for keys in told for key in keys}


def test_a_case_that_goes_meanwhile_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    cases: list[Any] = [help_request(actor=teacher("FR")) for _ in range(3)]

    def others_go(fact: CaseOverdue, event: Event) -> None:
        HelpRequest.objects.exclude(pk=fact.case.pk).delete()

    monkeypatch.setattr("backend.eventlog.record.CONSEQUENCES", [*CONSEQUENCES, (CaseOverdue, others_go)])
    with time_machine.travel(cases[-1].due_at + timedelta(hours=1), tick=False):
        assert remind_overdue() == 1
    assert HelpRequest.objects.count() == 1


def test_what_was_decided_waits_no_longer() -> None:
    asked = a_question()
    with time_machine.travel(asked.due_at + timedelta(hours=1), tick=False):
        assert remind_overdue() == 1
        answer_help(asked, actor=officer("FR"), text="Like this.")
        again = reply_help(asked, actor=asked.asker, text="How?")
    with time_machine.travel(again.due_at + timedelta(hours=1), tick=False):
        assert remind_overdue() == 1, "it waits anew, from the beginning"
    asked.refresh_from_db()
    with time_machine.travel(again.due_at + timedelta(days=3), tick=False):
        answer_help(asked, actor=officer("FR"), text="Like that.")
        assert remind_overdue() == 0
