"""The queue of questions from schools."""

from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.moderation.actions import help as helping
from backend.moderation.models import HelpMessage
from backend.moderation.permissions import can_answer_help
from dashboard.forms.filters import HelpFilters
from dashboard.views.queues.kinds.kind import Kind, Verb


def load(queue: QuerySet[Any]) -> QuerySet[Any]:
    last = HelpMessage.objects.filter(request=OuterRef("pk")).order_by("-pk").values("text")[:1]
    found: QuerySet[Any] = queue.select_related("asker__school", "project").annotate(last_text=Subquery(last))
    return found


def prepare(viewer: Person, rows: Sequence[Any]) -> None:
    for request in rows:
        request.may_decide = can_answer_help(viewer, request)


HELP = Kind(
    name="help",
    title=_("Help"),
    lead=_("Questions of teachers to their agency."),
    empty=(_("No question waits"), _("When a teacher of your country asks for help, the question appears here.")),
    filters=HelpFilters,
    load=load,
    prepare=prepare,
    uses="HELP_ANSWERED",
    verbs=(
        Verb(
            "answer", _("Answer"), lambda row, actor, text: helping.answer_help(row, actor=actor, text=text),
            is_first=True,
        ),
        Verb("close", _("Close"), lambda row, actor, text: helping.close_help(row, actor=actor)),
    ),
)  # fmt: skip
