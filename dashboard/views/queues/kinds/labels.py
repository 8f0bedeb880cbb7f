"""The queue of applications for the national quality label."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.labels.permissions import assessment_by, can_assess_label
from dashboard.forms.filters import LabelFilters
from dashboard.views.queues.kinds.kind import Kind


def load(queue: QuerySet[Any]) -> QuerySet[Any]:
    return queue.select_related("applicant", "school").prefetch_related("assessments")


def prepare(viewer: Person, rows: Sequence[Any]) -> None:
    for application in rows:
        given = [part for part in application.assessments.all() if part.assessed_at and not part.conflict_declared_at]
        application.given = len(given)
        application.mine = assessment_by(viewer, application)
        application.may_decide = can_assess_label(viewer, application)


LABELS = Kind(
    name="labels",
    title=_("Labels"),
    lead=_("Applications for the national quality label, until they are awarded or refused."),
    empty=(
        _("No application waits"),
        _("When a teacher of your country applies for a label, the application appears here with its evidence."),
    ),
    filters=LabelFilters,
    load=load,
    prepare=prepare,
)
