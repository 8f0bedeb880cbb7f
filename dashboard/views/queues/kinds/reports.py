"""The queue of reports: what was reported and how severe it is; the text only behind a reason."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.moderation.actions import reports
from backend.moderation.models import ReportOutcome
from backend.moderation.permissions import can_decide_report
from dashboard.forms.filters import ReportFilters
from dashboard.views.queues.kinds.kind import Kind, Verb


def load(queue: QuerySet[Any]) -> QuerySet[Any]:
    return queue.select_related("author", "reporter", "ban_proposed_by")


def prepare(viewer: Person, rows: Sequence[Any]) -> None:
    for report in rows:
        report.may_decide = can_decide_report(viewer, report)


def close(row: Any, actor: Person, text: str) -> Any:
    return reports.decide_report(row, actor=actor, outcome=ReportOutcome.NO_ACTION, reason=text)


REPORTS = Kind(
    name="reports",
    title=_("Reports"),
    lead=_("What somebody found not right. Severe ones are due within 24 hours; opening one is logged."),
    empty=(
        _("No report waits"),
        _("When somebody reports a post, a file, a profile or a project of your country, it appears here."),
    ),
    filters=ReportFilters,
    load=load,
    prepare=prepare,
    verbs=(Verb("close", _("Close without action"), close, is_first=True),),
)
