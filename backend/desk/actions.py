"""Taking cases, giving them, reminding another office, and keeping views of a queue."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlencode

from django.db import transaction

from backend.accounts.models import Person
from backend.agencies.models import Officer
from backend.core import clock, fields
from backend.core.guards import allow, ensure
from backend.core.text import tidy
from backend.desk.cases import Case, next_case
from backend.desk.events import AgencyNudged, CaseAssigned, CaseReleased, CaseTaken, ViewRemoved, ViewSaved
from backend.desk.models import Assignment, Queue, SavedView
from backend.desk.permissions import can_nudge_agency, can_remove_view, can_take_cases
from backend.eventlog.models import Event
from backend.eventlog.record import record
from backend.projects.models import Decision, Outcome, ProjectState

NUDGE_AGAIN = timedelta(days=3)
VIEWS = 30
NAME_LIMIT, QUERY_LIMIT = 60, 500


@transaction.atomic
def assign_case(case: Case, *, actor: Person, officer: Person) -> Assignment:
    """An officer looks after a case from now on: the actor, or a colleague whom it waits for too."""
    row = type(case.row)._default_manager.lock(case.row)
    allow(can_take_cases(actor))
    ensure(case.waits_for(actor), "case_not_waiting")
    ensure(can_take_cases(officer) and case.waits_for(officer), "officer_elsewhere", field="officer_id")
    assignment, _ = Assignment.objects.update_or_create(
        case_id=row.pk, defaults={"queue": case.queue, "country_id": case.country, "officer": officer}
    )
    fact = CaseTaken if officer.pk == actor.pk else CaseAssigned
    record(fact(case, officer.pk), actor=actor)
    return assignment


@transaction.atomic
def release_case(case: Case, *, actor: Person) -> Case:
    """Nobody looks after the case any more."""
    type(case.row)._default_manager.lock(case.row)
    allow(can_take_cases(actor))
    assignment = Assignment.objects.filter(case_id=case.row.pk).first()
    ensure(assignment is not None, "case_not_taken")
    assert assignment
    Assignment.objects.filter(pk=assignment.pk).delete()
    record(CaseReleased(case, assignment.officer_id), actor=actor)
    return case


@transaction.atomic
def take_next(queue: str, *, actor: Person) -> Case:
    """The most urgent case that nobody looks after."""
    fields.check_codes("queue", [queue], Queue.values)
    allow(can_take_cases(actor))
    case = next_case(actor, queue)
    ensure(case is not None, "nothing_to_take")
    assert case
    assign_case(case, actor=actor, officer=actor)
    return case


@transaction.atomic
def nudge_agency(decision: Decision, *, actor: Person) -> Decision:
    """The office that waits for the other one reminds its officers, at most every three days."""
    decision = Decision.objects.lock(decision)
    project = decision.project
    allow(can_nudge_agency(actor, decision))
    pending = project.state == ProjectState.PENDING_APPROVAL and decision.round == project.round
    ensure(pending and decision.outcome == Outcome.PENDING, "project_not_pending")
    lately = Event.objects.filter(kind=AgencyNudged.kind, subject_id=project.pk, at__gt=clock.now() - NUDGE_AGAIN)
    ensure(not lately.filter(data__country=decision.country_id).exists(), "agency_nudged")
    told = Officer.objects.deciders_of(decision.country_id)
    record(AgencyNudged(project, decision.country_id, tuple(told.values_list("person", flat=True))), actor=actor)
    return decision


@transaction.atomic
def save_view(queue: str, *, actor: Person, name: str, query: str, is_shared: bool = False) -> SavedView:
    """A queue's filters under a name; the same name again replaces the filters."""
    actor = Person.objects.lock(actor)
    allow(bool(actor.oversees))
    fields.check_codes("queue", [queue], Queue.values)
    name, query = tidy(name), urlencode(parse_qsl(query))
    ensure(bool(name), "required", field="name")
    fields.limit(NAME_LIMIT, name=name)
    fields.limit(QUERY_LIMIT, query=query)
    others = actor.saved_views.exclude(queue=queue, name=name)
    ensure(others.count() < VIEWS, "views_enough", limit=VIEWS)
    view, _ = SavedView.objects.update_or_create(
        owner=actor, queue=queue, name=name,
        defaults={"query": query, "is_shared": is_shared, "agency": actor.officer.agency},
    )  # fmt: skip
    record(ViewSaved(view), actor=actor)
    return view


@transaction.atomic
def remove_view(view: SavedView, *, actor: Person) -> None:
    """Gone, for everybody who saw it."""
    view = SavedView.objects.lock(view)
    allow(can_remove_view(actor, view))
    SavedView.objects.filter(pk=view.pk).delete()
    record(ViewRemoved(view), actor=actor)
