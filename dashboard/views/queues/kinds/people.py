"""The queue of people."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.agencies import actions
from dashboard.forms.filters import PeopleFilters
from dashboard.views.queues.kinds.kind import Kind, Verb
from dashboard.views.records.people import MEMBERSHIPS, add_checks


def load(queue: QuerySet[Any]) -> QuerySet[Any]:
    return queue.select_related("school").prefetch_related(MEMBERSHIPS)


def prepare(viewer: Person, rows: Sequence[Any]) -> None:
    for person in rows:
        add_checks(viewer, person)


PEOPLE = Kind(
    name="people",
    title=_("People"),
    lead=_("Whoever registered, or joined a further school, and waits for a decision."),
    empty=(
        _("Nobody waits"),
        _("When somebody confirms the e-mail address after registering, the request appears here with its due date."),
    ),
    filters=PeopleFilters,
    load=load,
    prepare=prepare,
    uses="INFORMATION_REQUESTED PERSON_REJECTED",
    verbs=(
        Verb(
            "validate", _("Validate"),
            lambda row, actor, text: actions.validate_teacher(row, actor=actor, reason=text), is_first=True,
        ),
        Verb(
            "ask", _("Ask for information"),
            lambda row, actor, text: actions.request_information(row, actor=actor, question=text),
        ),
        Verb(
            "reject", _("Reject"), lambda row, actor, text: actions.reject_teacher(row, actor=actor, reason=text),
            ends=True,
        ),
    ),
)  # fmt: skip
