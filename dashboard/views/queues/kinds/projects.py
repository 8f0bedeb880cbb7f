"""The queue of projects: one decision at a time."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.agencies.permissions import is_central
from backend.projects.actions import approval
from backend.projects.permissions import can_decide_project
from dashboard.forms.filters import ProjectFilters
from dashboard.views.queues.kinds.kind import Kind, Verb
from dashboard.views.records.projects.record import ours_first, parts_of


def load(queue: QuerySet[Any]) -> QuerySet[Any]:
    return queue.select_related("project").prefetch_related(*parts_of("project__"))


def prepare(viewer: Person, rows: Sequence[Any]) -> None:
    for decision in rows:
        decision.both = ours_first(viewer, decision.project)
        decision.may_decide = can_decide_project(viewer, decision.project, decision.country_id)
        decision.must_explain = is_central(viewer)


def decide(rule: Any) -> Any:
    """A rule about a project and a side, called with a decision."""
    return lambda row, actor, text: rule(row.project, actor=actor, side=row.country_id, comment=text)


PROJECTS = Kind(
    name="projects",
    title=_("Projects"),
    lead=_("Both founders agreed; the agencies of their countries decide."),
    empty=(
        _("No project waits for you"),
        _("When both founders have agreed on their text, the project appears here with its due date."),
    ),
    filters=ProjectFilters,
    load=load,
    prepare=prepare,
    uses="CHANGES_REQUESTED PROJECT_REFUSED",
    verbs=(
        Verb("approve", _("Approve"), decide(approval.approve_project), is_first=True),
        Verb("ask", _("Ask for changes"), decide(approval.request_project_changes)),
        Verb("refuse", _("Refuse"), decide(approval.refuse_project), ends=True),
    ),
)
