"""Asking the agency for help, and the conversation that follows."""

from datetime import datetime

from django.db import transaction

from backend.accounts.models import Person
from backend.core import clock, fields
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.eventlog.record import record
from backend.moderation.events import HelpAnswered, HelpAsked, HelpClosed, HelpReplied
from backend.moderation.models import HelpMessage, HelpRequest, HelpState, HelpTopic
from backend.moderation.permissions import (
    can_answer_help,
    can_ask_for_help,
    can_close_help,
    can_reply_help,
    is_not_closed,
)
from backend.moderation.subjects import can_see
from backend.moderation.words import a_text
from backend.projects.models import Project
from backend.schools.models import Country

OPEN_REQUESTS = 20


@transaction.atomic
def ask_for_help(*, actor: Person, topic: str, text: str, project: Project | None = None) -> HelpRequest:
    """School staff ask the agency of their country."""
    actor = Person.objects.lock(actor)
    allow(can_ask_for_help(actor))
    allow(project is None or can_see(actor, project))
    fields.check_codes("topic", [topic], HelpTopic.values)
    text, country = a_text(text), actor.country
    ensure(country is not None, "country_unknown")
    assert country
    waiting = actor.help_requests.filter(state=HelpState.OPEN).count()
    ensure(waiting < OPEN_REQUESTS, "help_requests_open", limit=OPEN_REQUESTS)
    request = HelpRequest.objects.create(
        asker=actor, country=country, topic=topic, project=project, due_at=_due_at(country)
    )
    HelpMessage.objects.create(request=request, author=actor, text=text)
    record(HelpAsked(request), actor=actor)
    return request


@transaction.atomic
def answer_help(request: HelpRequest, *, actor: Person, text: str) -> HelpRequest:
    """An officer of the country answers."""
    request = HelpRequest.objects.lock(request)
    allow(can_answer_help(actor, request))
    ensure(is_not_closed(request), "help_request_closed")
    HelpMessage.objects.create(request=request, author=actor, text=a_text(text))
    change(request, state=HelpState.ANSWERED, due_at=None)
    record(HelpAnswered(request), actor=actor)
    return request


@transaction.atomic
def reply_help(request: HelpRequest, *, actor: Person, text: str) -> HelpRequest:
    """Who asked writes again: the request is open again, and the days count from now unless they ran already."""
    request = HelpRequest.objects.lock(request)
    allow(can_reply_help(actor, request))
    ensure(is_not_closed(request), "help_request_closed")
    HelpMessage.objects.create(request=request, author=actor, text=a_text(text))
    change(request, state=HelpState.OPEN, due_at=request.due_at or _due_at(request.country))
    record(HelpReplied(request), actor=actor)
    return request


@transaction.atomic
def close_help(request: HelpRequest, *, actor: Person) -> HelpRequest:
    """Either side says that it is done."""
    request = HelpRequest.objects.lock(request)
    allow(can_close_help(actor, request))
    ensure(is_not_closed(request), "help_request_closed")
    change(request, state=HelpState.CLOSED, due_at=None, closed_at=clock.now())
    record(HelpClosed(request), actor=actor)
    return request


def _due_at(country: Country) -> datetime:
    return clock.after_working_days(clock.now(), country.target_working_days)
