"""One appeal, decided by another officer."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from backend.accounts.models import PersonState
from backend.core import clock
from backend.eventlog.models import Event
from backend.moderation.actions.reports import decide_report
from backend.moderation.actions.sanctions import appeal_by_link, appeal_decision, decide_appeal, end_suspensions
from backend.moderation.letters import appeal_token
from backend.moderation.models import Appeal, AppealState, Sanction
from backend.workspaces.models import File, Post
from tests.backend.moderation.test_decisions import state_of
from tests.backend.moderation.test_reports import a_post, code_of, people_of
from tests.factories.moderation import photo, report, sanction
from tests.factories.people import central, officer, teacher
from tests.factories.projects import workspace

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


def refused(code: str, rule: Any, *args: Any, **values: Any) -> None:
    before = (Event.objects.count(), Appeal.objects.count(), Appeal.objects.filter(state="OPEN").count())
    with pytest.raises((PermissionDenied, ValidationError)) as caught:
        rule(*args, **values)
    assert code_of(caught) == code
    assert (Event.objects.count(), Appeal.objects.count(), Appeal.objects.filter(state="OPEN").count()) == before


def test_an_appeal_is_made_once() -> None:
    person, other = teacher("FR"), teacher("FR")
    by, colleague, middle = officer("FR"), officer("FR"), central()
    made = sanction(person, "WARNING", by=by)
    refused("required", appeal_decision, made, actor=person, text=" ")
    refused("not_permitted", appeal_decision, made, actor=other, text="Why not")
    refused("not_permitted", appeal_decision, made, actor=by, text="Why not")
    appeal = appeal_decision(made, actor=person, text=" It was a joke ")
    assert (appeal.state, appeal.text) == (AppealState.OPEN, "It was a joke")
    told = set(Event.objects.get(kind="appeal.made").notifications.values_list("recipient", flat=True))
    assert by.pk not in told
    assert {colleague.pk, middle.pk} <= told
    assert Appeal.objects.visible_to(person).get() == appeal
    assert not Appeal.objects.visible_to(other).exists()
    assert not Appeal.objects.visible_to(officer("DE")).exists()
    refused("appealed_already", appeal_decision, made, actor=person, text="Again")


def test_after_six_months_it_is_too_late() -> None:
    person = teacher("FR")
    made = sanction(person, "WARNING")
    with time_machine.travel(clock.now() + timedelta(days=184), tick=False):
        refused("appeal_too_late", appeal_decision, made, actor=person, text="Late")


def test_who_cannot_sign_in_appeals_by_the_link() -> None:
    person = teacher("FR")
    made = sanction(person, "BAN")
    token = appeal_token(made)
    refused("link_invalid", appeal_by_link, token[:-2] + "xx", text="Why")
    appeal = appeal_by_link(token, text="It was not me")
    assert (appeal.sanction, Event.objects.get(kind="appeal.made").actor_id) == (made, person.pk)
    refused("appealed_already", appeal_by_link, token, text="Again")
    confirming = made.confirmed_by
    for actor in (made.issued_by, confirming):
        refused("own_decision", decide_appeal, appeal, actor=actor, upheld=False, reason="Yes")
    decide_appeal(appeal, actor=officer("FR"), upheld=False, reason="True")
    assert state_of(person) == PersonState.VALIDATED


def test_another_officer_decides(django_capture_on_commit_callbacks: Any, mailoutbox: Any) -> None:
    person, by, other = teacher("FR"), officer("FR"), officer("FR")
    made = sanction(person, "SUSPENSION", by=by)
    appeal = appeal_by_link(appeal_token(made), text="No")
    refused("own_decision", decide_appeal, appeal, actor=by, upheld=True, reason="Yes")
    for actor in (officer("DE"), officer("FR", role="VIEWER"), teacher("FR")):
        refused("not_permitted", decide_appeal, appeal, actor=actor, upheld=True, reason="Yes")
    refused("reason_missing", decide_appeal, appeal, actor=other, upheld=True, reason="")
    with django_capture_on_commit_callbacks(execute=True):
        appeal = decide_appeal(appeal, actor=other, upheld=True, reason="It was right")
    assert (appeal.state, appeal.decided_by, appeal.reason) == (AppealState.UPHELD, other, "It was right")
    assert state_of(person) == PersonState.SUSPENDED
    assert ["It was right" in letter.body for letter in mailoutbox] == [True]
    refused("appeal_decided", decide_appeal, appeal, actor=other, upheld=False, reason="No")


def test_an_overturned_suspension_is_lifted(django_capture_on_commit_callbacks: Any, mailoutbox: Any) -> None:
    person, other = teacher("FR"), officer("FR")
    made = sanction(person)
    appeal = appeal_by_link(appeal_token(made), text="No")
    with django_capture_on_commit_callbacks(execute=True):
        decide_appeal(appeal, actor=other, upheld=False, reason="It was wrong")
    made.refresh_from_db()
    assert (made.ended_by, made.end_reason, state_of(person)) == (other, "It was wrong", PersonState.VALIDATED)
    assert ["It was wrong" in letter.body for letter in mailoutbox] == [True]


def test_a_reporter_does_not_decide_the_appeal() -> None:
    person, reporting = teacher("FR"), officer("FR")
    made = report(person, actor=reporting)
    decide_report(made, actor=officer("FR"), outcome="WARNING", reason="No")
    appeal = appeal_decision(Sanction.objects.get(), actor=person, text="Why")
    refused("own_decision", decide_appeal, appeal, actor=reporting, upheld=True, reason="Yes")


def test_overturned_removals_bring_the_content_back() -> None:
    room = workspace()
    founder, other, _ = people_of(room)
    by, second = officer("PL"), officer("PL")
    for thing in (a_post(room, other), photo(room, actor=other)):
        decide_report(report(thing, actor=founder), actor=by, outcome="CONTENT_REMOVED", reason="No")
        made = Sanction.objects.order_by("pk").last()
        assert made
        decide_appeal(appeal_decision(made, actor=other, text="Art"), actor=second, upheld=False, reason="Art indeed")
        thing = type(thing).objects.get(pk=thing.pk)
        assert (thing.removed_at, thing.removed_by, thing.hidden_at) == (None, None, None)
    assert Event.objects.filter(kind="workspace.content_shown", actor=None).count() == 2
    assert not Sanction.objects.in_force().exists()
    assert not Post.objects.get(pk=Post.objects.order_by("pk").last().pk).is_removed  # type: ignore[union-attr]


def test_an_upheld_removal_deletes_the_bytes(django_capture_on_commit_callbacks: Any) -> None:
    room = workspace()
    founder, other, _ = people_of(room)
    file = photo(room, actor=other)
    decide_report(report(file, actor=founder), actor=officer("PL"), outcome="CONTENT_REMOVED", reason="No")
    appeal = appeal_decision(Sanction.objects.get(), actor=other, text="Art")
    with django_capture_on_commit_callbacks(execute=True):
        decide_appeal(appeal, actor=officer("PL"), upheld=True, reason="No art")
    assert File.objects.get().removed_at is not None
    assert not file.content.storage.exists(file.content.name)


def test_what_a_teacher_removed_stays_removed() -> None:
    room = workspace()
    founder, other, _ = people_of(room)
    post = a_post(room, other)
    made = report(post, actor=founder)
    Post.objects.filter(pk=post.pk).update(removed_at=clock.now(), removed_by=founder)
    decide_report(made, actor=officer("PL"), outcome="CONTENT_REMOVED", reason="No")
    appeal = appeal_decision(Sanction.objects.get(), actor=other, text="Art")
    decide_appeal(appeal, actor=officer("PL"), upheld=False, reason="Fine")
    assert Post.objects.get(pk=post.pk).removed_by == founder


def test_an_appeal_may_be_decided_after_the_suspension() -> None:
    person = teacher("FR")
    made = sanction(person)
    appeal = appeal_by_link(appeal_token(made), text="No")
    Sanction.objects.update(until=clock.now().date() - timedelta(days=1))
    end_suspensions()
    ended = Sanction.objects.get().ended_at
    decide_appeal(appeal, actor=officer("FR"), upheld=False, reason="It was wrong")
    assert Sanction.objects.get().ended_at == ended
    assert state_of(person) == PersonState.VALIDATED
