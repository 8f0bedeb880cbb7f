"""Taking and giving cases, and deciding several at once with a result for each."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backend.desk import actions
from backend.desk.cases import Case, find_case
from backend.desk.models import Queue
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.decisions import BulkForm, DecisionForm
from dashboard.perform import DONE, perform
from dashboard.views.queues.kinds.every import KINDS, kind_of
from dashboard.views.queues.kinds.kind import Kind, Verb
from dashboard.views.queues.queue import show
from dashboard.views.queues.results import decide_all, summary

RECORDS = {"people": "person", "schools": "school", "projects": "project", "reports": "report", "labels": "label"}


@require_POST
@for_officers
def decide(request: OfficerRequest, name: str) -> HttpResponse:
    """What the button says, for every case that was ticked."""
    kind = kind_of(name)
    form = BulkForm(request.POST, officer=request.user)
    if not form.is_valid():
        return show(request, kind, form, 422)
    verb = _verb(kind, form)
    results = decide_all(request.user, kind, verb, form)
    if form.errors:
        return show(request, kind, form, 422)
    context = {
        "kind": kind,
        "verb": verb,
        "results": results,
        "summary": summary(results),
        "way_back": _back(request, name),
    }
    return render(request, "dashboard/queues/results.html", context)


@require_POST
@for_officers
def take(request: OfficerRequest, name: str, pk: UUID) -> HttpResponse:
    case = _case(request, name, pk)
    form = DecisionForm(request.POST)
    if perform(form, actions.assign_case, case, actor=request.user, officer=request.user) == DONE:
        messages.success(request, _("You look after “%(case)s” now.") % {"case": case.subject})
    return _answer(request, form, name)


@require_POST
@for_officers
def release(request: OfficerRequest, name: str, pk: UUID) -> HttpResponse:
    case = _case(request, name, pk)
    form = DecisionForm(request.POST)
    if perform(form, actions.release_case, case, actor=request.user) == DONE:
        messages.success(request, _("“%(case)s” is back in the queue.") % {"case": case.subject})
    return _answer(request, form, name)


@require_POST
@for_officers
def take_next(request: OfficerRequest, name: str) -> HttpResponse:
    """The most urgent case that nobody looks after: taken and opened."""
    kind_of(name)
    form = DecisionForm(request.POST)
    taken: list[Case] = []
    status = perform(form, lambda **given: taken.append(actions.take_next(name, **given)), actor=request.user)
    if status == DONE:
        return redirect(address_of(taken[0]))
    return _answer(request, form, name)


def _verb(kind: Kind, form: BulkForm) -> Verb:
    """One of the queue's own, or who looks after the cases from now on."""
    colleague = form.cleaned_data["to"]
    queue = Queue(kind.name)
    own = (
        Verb(
            "take",
            _("Take"),
            lambda row, actor, text: actions.assign_case(Case(queue, row), actor=actor, officer=actor),
        ),
        Verb(
            "give",
            _("Give"),
            lambda row, actor, text: actions.assign_case(Case(queue, row), actor=actor, officer=colleague),
        ),
    )
    found = next((verb for verb in (*kind.verbs, *own) if verb.name == form.cleaned_data["do"]), None)
    if found is None:
        raise Http404
    return found


def address_of(case: Case) -> str:
    """The record on which a case is decided."""
    return reverse(f"dashboard:{RECORDS.get(case.queue, 'help_request')}", args=[case.subject.pk])


def _case(request: OfficerRequest, name: str, pk: UUID) -> Case:
    case = find_case(request.user, name, pk) if name in KINDS else None
    if case is None:
        raise Http404
    return case


def _back(request: OfficerRequest, name: str) -> str:
    return DecisionForm(request.POST).way_back(request, reverse(f"dashboard:{name}"))


def _answer(request: OfficerRequest, form: DecisionForm, name: str) -> HttpResponse:
    """Back to the queue; a refusal is said there."""
    for sentence in form.sentences():
        messages.error(request, sentence)
    return redirect(_back(request, name))
