"""What officers decide, and what follows for the content and the person."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command

from backend.accounts.models import Person, PersonState
from backend.accounts.sign_in import issue_token, person_of_token
from backend.core import clock
from backend.eventlog.models import Entry, Event
from backend.moderation.actions.reports import confirm_ban, decide_report
from backend.moderation.actions.sanctions import end_suspensions, lift_suspension
from backend.moderation.letters import sanction_of_token
from backend.moderation.models import Report, ReportState, Sanction
from backend.projects.actions.partners import leave_project
from backend.workspaces.actions.updates import post_update
from backend.workspaces.models import File, Update
from tests.backend.moderation.test_reports import a_post, code_of, people_of
from tests.factories.moderation import in_a_week, photo, report, sanction
from tests.factories.people import central, newcomer, officer, teacher
from tests.factories.projects import follower, pupil, workspace

pytestmark = pytest.mark.django_db
Mails = Any


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


def state_of(person: Person) -> str:
    return Person.objects.get(pk=person.pk).state


def refused(code: str, rule: Any, *args: Any, **values: Any) -> None:
    """The rule refuses with this code and writes nothing."""
    before = (Event.objects.count(), Report.objects.filter(state=ReportState.DECIDED).count(), Sanction.objects.count())
    with pytest.raises((PermissionDenied, ValidationError)) as caught:
        rule(*args, **values)
    assert code_of(caught) == code
    now = (Event.objects.count(), Report.objects.filter(state=ReportState.DECIDED).count(), Sanction.objects.count())
    assert now == before


def test_no_action_ends_it() -> None:
    person, by = teacher("FR"), officer("FR")
    made = decide_report(report(person, actor=teacher("PL")), actor=by, outcome="NO_ACTION", reason=" Fine ")
    assert (made.state, made.outcome, made.reason, made.decided_by) == ("DECIDED", "NO_ACTION", "Fine", by)
    assert not Sanction.objects.exists()
    assert Event.objects.filter(kind="report.decided").get().notifications.get().recipient_id == made.reporter_id
    refused("report_decided", decide_report, made, actor=by, outcome="WARNING", reason="Again")


def test_removed_content_leaves_a_tombstone() -> None:
    room = workspace()
    founder, other, child = people_of(room)
    by = officer("PL")
    events = []
    for thing in (a_post(room, other), photo(room, actor=other), post_update(room, actor=other, text="Buy")):
        seen = Entry.objects.filter(stream=room.pk).count()
        decide_report(report(thing, actor=founder), actor=by, outcome="CONTENT_REMOVED", reason="Advertising")
        thing.refresh_from_db()
        assert (thing.removed_by, thing.removed_at is not None) == (by, True)
        new = Entry.objects.filter(stream=room.pk).order_by("seq")[seen:]
        events += [e.event.kind for e in new if e.event.kind != "workspace.content_hidden"]
    assert events == ["workspace.post_removed", "workspace.file_removed", "workspace.update_removed"]
    made = Sanction.objects.filter(person=other, outcome="CONTENT_REMOVED", has_removed=True, issued_by=by)
    assert made.count() == 3
    assert state_of(other) == PersonState.VALIDATED
    assert File.objects.get().content.storage.exists(File.objects.get().content.name), "kept for an appeal"
    assert child.state == PersonState.VALIDATED


def test_a_warning_is_read_by_the_person(django_capture_on_commit_callbacks: Any, mailoutbox: Mails) -> None:
    person = teacher("FR", language="fr")
    with django_capture_on_commit_callbacks(execute=True):
        made = sanction(person, "WARNING")
    assert Event.objects.filter(kind="sanction.issued").get().notifications.get().recipient == person
    assert Sanction.objects.visible_to(person).get() == made
    assert state_of(person) == PersonState.VALIDATED
    (letter,) = mailoutbox
    assert (letter.to, "Not here" in letter.body, "token=" in letter.body) == ([person.email], True, False)


def test_who_is_suspended_is_out_at_once(django_capture_on_commit_callbacks: Any, mailoutbox: Mails) -> None:
    person = teacher("FR")
    token = issue_token(person)
    assert person_of_token(token) == person
    with django_capture_on_commit_callbacks(execute=True):
        made = sanction(person)
    assert state_of(person) == PersonState.SUSPENDED
    assert person_of_token(token) is None
    assert (made.until, made.state_before, made.is_in_force) == (in_a_week(), "VALIDATED", True)
    (letter,) = mailoutbox
    link = next(line for line in letter.body.splitlines() if "token=" in line)
    assert sanction_of_token(link.partition("token=")[2]) == made


def test_a_pupils_letter_goes_to_the_teacher(django_capture_on_commit_callbacks: Any, mailoutbox: Mails) -> None:
    room = workspace()
    founder, other = (m.person for m in room.project.founders)
    child = pupil(room, actor=founder)
    made = report(child, actor=other, category="BULLYING")
    with django_capture_on_commit_callbacks(execute=True):
        decide_report(made, actor=officer("FR"), outcome="SUSPENSION", reason="Not here", until=in_a_week())
    (letter,) = mailoutbox
    assert (letter.to, letter.subject) == ([founder.email], "A decision about your pupil Lina")
    assert f"Your pupil Lina ({child.login}) has no e-mail address." in letter.body
    assert state_of(child) == PersonState.SUSPENDED


def test_when_that_teacher_is_gone_it_goes_to_the_administrators(
    django_capture_on_commit_callbacks: Any, mailoutbox: Mails
) -> None:
    room = workspace()
    founder, other = (m.person for m in room.project.founders)
    partner = follower(room.project, of=founder).person
    child = pupil(room, actor=partner)
    leave_project(room.project, actor=partner)
    made = report(child, actor=other, category="SPAM")
    with django_capture_on_commit_callbacks(execute=True):
        decide_report(made, actor=officer("FR"), outcome="WARNING", reason="Not here")
    assert sorted(letter.to[0] for letter in mailoutbox) == sorted([founder.email, other.email])


def test_a_ban_needs_two_officers() -> None:
    person, first, second = teacher("FR"), officer("FR"), officer("FR")
    made = report(person, actor=teacher("PL"))
    refused("ban_not_proposed", confirm_ban, made, actor=second, reason="Yes")
    made = decide_report(made, actor=first, outcome="BAN", reason="Never again")
    assert (made.state, made.ban_proposed_by, state_of(person)) == ("OPEN", first, "VALIDATED")
    assert not Sanction.objects.exists()
    refused("second_officer_needed", confirm_ban, made, actor=first, reason="Yes")
    refused("ban_proposed_already", decide_report, made, actor=second, outcome="BAN", reason="Yes")
    refused("reason_missing", confirm_ban, made, actor=second, reason="")
    made = confirm_ban(made, actor=second, reason="Agreed")
    found = Sanction.objects.get()
    assert (made.state, found.reason, found.issued_by, found.confirmed_by) == (
        "DECIDED", "Never again\n\nAgreed", first, second,
    )  # fmt: skip
    assert state_of(person) == PersonState.BANNED
    refused("report_decided", confirm_ban, made, actor=second, reason="Twice")


def test_another_outcome_takes_a_proposed_ban_back() -> None:
    person, first = teacher("FR"), officer("FR")
    made = decide_report(report(person, actor=teacher("PL")), actor=first, outcome="BAN", reason="Never again")
    made = decide_report(made, actor=first, outcome="WARNING", reason="Too hard")
    assert (made.state, made.outcome, made.ban_proposed_by) == ("DECIDED", "WARNING", None)
    assert state_of(person) == PersonState.VALIDATED


def test_who_decides() -> None:
    person, reporting = teacher("FR"), officer("FR")
    made = report(person, actor=reporting)
    values = {"outcome": "WARNING", "reason": "No"}
    refused("own_report", decide_report, made, actor=reporting, **values)
    for actor in (officer("DE"), officer("FR", role="VIEWER"), teacher("FR"), person):
        refused("not_permitted", decide_report, made, actor=actor, **values)
    accused = officer("FR")
    about_officer = report(accused, actor=accused)
    refused("own_report", decide_report, about_officer, actor=accused, **values)
    refused("reason_missing", decide_report, made, actor=central(), outcome="WARNING", reason=" ")
    proposed = decide_report(made, actor=officer("FR"), outcome="BAN", reason="Never")
    refused("own_report", confirm_ban, proposed, actor=reporting, reason="Yes")
    assert decide_report(made, actor=central(), **values).state == ReportState.DECIDED


def test_what_cannot_be_decided() -> None:
    room = workspace()
    founder, _, _ = people_of(room)
    about_project, about_person = report(room.project, actor=teacher("DE")), report(teacher("FR"), actor=founder)
    by = officer("FR")
    for outcome in ("WARNING", "SUSPENSION", "BAN"):
        refused("nobody_to_sanction", decide_report, about_project, actor=by, outcome=outcome, reason="No")
    refused("nothing_to_remove", decide_report, about_person, actor=by, outcome="CONTENT_REMOVED", reason="No")
    refused("code_unknown", decide_report, about_person, actor=by, outcome="PRISON", reason="No")
    today = clock.now().date()
    for until in (None, today, today - timedelta(days=1)):
        values = {"outcome": "SUSPENSION", "reason": "No", "until": until}
        refused("until_not_ahead", decide_report, about_person, actor=by, **values)


def test_a_suspension_ends_by_itself(django_capture_on_commit_callbacks: Any, mailoutbox: Mails) -> None:
    person, waiting = teacher("FR"), newcomer("FR")
    sanction(person)
    made = report(waiting, actor=officer("FR"))
    decide_report(made, actor=officer("FR"), outcome="SUSPENSION", reason="No", until=in_a_week())
    assert end_suspensions() == 0
    Sanction.objects.update(until=clock.now().date())
    assert end_suspensions() == 0, "its last day is not over"
    Sanction.objects.update(until=date(2026, 1, 31))
    with django_capture_on_commit_callbacks(execute=True):
        call_command("end_suspensions")
    assert (state_of(person), state_of(waiting)) == (PersonState.VALIDATED, PersonState.PENDING)
    assert {letter.to[0] for letter in mailoutbox} == {person.email, waiting.email}
    assert Event.objects.filter(kind="sanction.ended", actor=None).count() == 2
    assert end_suspensions() == 0


def test_the_heaviest_decision_in_force_counts() -> None:
    person = teacher("FR")
    for n in range(2):
        made = report(person, actor=teacher("DE")) if n == 0 else report(person, actor=officer("FR"))
        until = clock.now().date() + timedelta(days=7 + n)
        decide_report(made, actor=officer("FR"), outcome="SUSPENSION", reason="No", until=until)
    first, second = Sanction.objects.order_by("pk")
    Sanction.objects.filter(pk=first.pk).update(until=date(2026, 1, 31))
    assert end_suspensions() == 1
    assert state_of(person) == PersonState.SUSPENDED
    assert second.state_before == PersonState.VALIDATED
    lift_suspension(person, actor=officer("FR"), reason="Talked")
    assert state_of(person) == PersonState.VALIDATED


def test_lifting_a_suspension() -> None:
    person = teacher("FR")
    refused("not_suspended", lift_suspension, person, actor=officer("FR"), reason="Talked")
    sanction(person)
    for actor in (officer("DE"), officer("FR", role="VIEWER"), teacher("FR"), person):
        refused("not_permitted", lift_suspension, person, actor=actor, reason="Talked")
    refused("reason_missing", lift_suspension, person, actor=officer("FR"), reason="")
    assert state_of(person) == PersonState.SUSPENDED
    by = officer("FR")
    ended = lift_suspension(person, actor=by, reason="Talked")
    assert (ended.ended_by, ended.end_reason, ended.is_in_force) == (by, "Talked", False)
    assert state_of(person) == PersonState.VALIDATED
    banned = teacher("FR")
    sanction(banned, "BAN")
    refused("not_suspended", lift_suspension, banned, actor=by, reason="Talked")
    assert state_of(banned) == PersonState.BANNED
    assert not Update.objects.exists()
