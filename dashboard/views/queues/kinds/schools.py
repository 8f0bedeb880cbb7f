"""The queue of schools."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.agencies import actions
from backend.agencies.permissions import can_decide_for, is_central
from backend.schools.search import similar_among
from dashboard.forms.filters import SchoolFilters
from dashboard.views.queues.kinds.kind import Kind, Verb


def load(queue: QuerySet[Any]) -> QuerySet[Any]:
    return queue.select_related("proposed_by")


def prepare(viewer: Person, rows: Sequence[Any]) -> None:
    similar = similar_among(rows)
    for school in rows:
        school.similar = similar.get(school.pk, [])
        school.survivors = [one.school for one in school.similar if one.school.is_open]
        school.key = str(school.pk)
        school.may_decide = can_decide_for(viewer, school.country_id, school)
        school.must_explain = is_central(viewer)


SCHOOLS = Kind(
    name="schools",
    title=_("Schools"),
    lead=_("Schools that somebody proposed, with what may be the same school already."),
    empty=(
        _("No school waits"),
        _("When somebody registers a school that is not in the list yet, it appears here with its due date."),
    ),
    filters=SchoolFilters,
    load=load,
    prepare=prepare,
    uses="SCHOOL_REJECTED",
    verbs=(
        Verb(
            "validate", _("Validate"),
            lambda row, actor, text: actions.validate_school(row, actor=actor, reason=text), is_first=True,
        ),
        Verb(
            "reject", _("Reject"), lambda row, actor, text: actions.reject_school(row, actor=actor, reason=text),
            ends=True,
        ),
    ),
)  # fmt: skip
