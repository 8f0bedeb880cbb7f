"""Asking the agency for help, and the conversation that follows."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from backend.accounts.models import PersonState
from backend.eventlog.models import Event
from backend.moderation.actions import help as helping
from backend.moderation.actions.help import answer_help, ask_for_help, close_help, reply_help
from backend.moderation.models import HelpMessage, HelpRequest, HelpState
from backend.schools.models import Country
from tests.backend.moderation.test_reports import code_of
from tests.factories.moderation import help_request
from tests.factories.people import PersonFactory, central, newcomer, officer, teacher
from tests.factories.projects import project, pupil, workspace

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 9, 11, 15, tzinfo=UTC)


def told(kind: str) -> set[Any]:
    return set(Event.objects.filter(kind=kind).latest("pk").notifications.values_list("recipient", flat=True))


def refused(code: str, rule: Any, *args: Any, **values: Any) -> None:
    before = (Event.objects.count(), HelpRequest.objects.count(), HelpMessage.objects.count())
    with pytest.raises((PermissionDenied, ValidationError)) as caught:
        rule(*args, **values)
    assert code_of(caught) == code
    assert (Event.objects.count(), HelpRequest.objects.count(), HelpMessage.objects.count()) == before


def test_a_conversation() -> None:
    Country.objects.filter(pk="FR").update(target_working_days=2)
    asker, by, colleague = teacher("FR"), officer("FR"), officer("FR")
    with time_machine.travel(FRIDAY, tick=False):
        request = help_request(actor=asker)
    assert (request.state, request.country_id) == (HelpState.OPEN, "FR")
    assert request.due_at == datetime(2026, 9, 15, 15, tzinfo=UTC)
    assert told("help.asked") == {by.pk, colleague.pk}
    request = answer_help(request, actor=by, text="Try again")
    assert (request.state, request.due_at) == (HelpState.ANSWERED, None)
    assert told("help.answered") == {asker.pk}
    with time_machine.travel(FRIDAY, tick=False):
        request = reply_help(request, actor=asker, text="Still broken")
    assert (request.state, request.due_at) == (HelpState.OPEN, datetime(2026, 9, 15, 15, tzinfo=UTC))
    assert told("help.replied") == {by.pk}
    request = close_help(request, actor=asker)
    assert (request.state, request.due_at, request.closed_at is not None) == (HelpState.CLOSED, None, True)
    assert told("help.closed") == {by.pk}
    texts = [(m.author, m.text) for m in request.messages.all()]
    assert texts == [(asker, "It does not load"), (by, "Try again"), (asker, "Still broken")]
    refused("help_request_closed", answer_help, request, actor=by, text="More")
    refused("help_request_closed", reply_help, request, actor=asker, text="More")
    refused("help_request_closed", close_help, request, actor=asker)


def test_who_reads_and_writes() -> None:
    asker = teacher("FR")
    request = help_request(actor=asker)
    strangers = (teacher("FR"), officer("DE"))
    for person in strangers:
        assert not HelpRequest.objects.visible_to(person).exists()
        assert not HelpMessage.objects.visible_to(person).exists()
        refused("not_permitted", answer_help, request, actor=person, text="Me")
        refused("not_permitted", reply_help, request, actor=person, text="Me")
        refused("not_permitted", close_help, request, actor=person)
    for person in (asker, officer("FR"), officer("FR", role="VIEWER"), central()):
        assert HelpRequest.objects.visible_to(person).get() == request
        assert HelpMessage.objects.visible_to(person).count() == 1
    assert not HelpRequest.objects.visible_to(None).exists()
    refused("not_permitted", answer_help, request, actor=asker, text="Me")
    refused("not_permitted", answer_help, request, actor=officer("FR", role="VIEWER"), text="Me")
    refused("not_permitted", reply_help, request, actor=officer("FR"), text="Me")
    refused("required", answer_help, request, actor=officer("FR"), text=" ")
    assert close_help(request, actor=central()).state == HelpState.CLOSED


def test_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    room = workspace()
    founder = room.project.founders[0].person
    for person in (pupil(room, actor=founder), officer("FR"), PersonFactory(state=PersonState.EMAIL_UNCONFIRMED)):
        refused("not_permitted", help_request, actor=person)
    refused("required", help_request, actor=founder, text=" ")
    refused("code_unknown", help_request, actor=founder, topic="WEATHER")
    hidden = project("DRAFT")
    refused("not_permitted", ask_for_help, actor=founder, topic="PROJECT", text="This", project=hidden)
    assert ask_for_help(actor=founder, topic="PROJECT", text="This", project=room.project).project == room.project
    assert help_request(actor=newcomer("FR")).state == HelpState.OPEN
    monkeypatch.setattr(helping, "OPEN_REQUESTS", 1)
    refused("help_requests_open", help_request, actor=founder)
