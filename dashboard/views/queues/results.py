"""What became of each case of a bulk decision."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.accounts.models import Person
from backend.core.guards import Refused
from backend.desk.cases import Case, decided_by, waiting
from backend.desk.models import Queue
from dashboard.forms.decisions import BulkForm
from dashboard.perform import text_of
from dashboard.views.queues.kinds.kind import Kind, Verb

NEEDED = {"reason_missing", "required"}


@dataclass(frozen=True)
class Result:
    """`state` is done, meanwhile or refused."""

    case: Case
    state: str
    by: str = ""
    says: str = ""


def decide_all(officer: Person, kind: Kind, verb: Verb, form: BulkForm) -> list[Result]:
    """Each case on its own; a missing reason stops at the first one and goes back into the form."""
    waits = waiting(officer, kind.name).in_bulk(form.keys)
    results, text = [], text_of(form, officer)
    for key, row in _asked(officer, kind, form).items():
        case = Case(Queue(kind.name), row)
        if key not in waits:
            results.append(_meanwhile(officer, case))
            continue
        try:
            verb.do(row, officer, text)
        except ValidationError as error:
            if not results and _codes(error) & NEEDED:
                form.add_error("text", error.messages)
                return []
            results.append(_refused(officer, case, " ".join(error.messages)))
        except Refused as refused:
            results.append(_refused(officer, case, str(refused)))
        else:
            results.append(Result(case, "done"))
    return results


def summary(results: Sequence[Result]) -> str:
    """“18 done, 2 decided meanwhile by M. Rossi, 1 refused”."""
    counts = Counter(result.state for result in results)
    by = ", ".join(sorted({result.by for result in results if result.by}))
    parts = [ngettext("%(n)s done", "%(n)s done", counts["done"]) % {"n": counts["done"]}]
    if counts["meanwhile"]:
        says = _("%(n)s decided meanwhile by %(names)s") if by else _("%(n)s decided meanwhile")
        parts.append(says % {"n": counts["meanwhile"], "names": by})
    if counts["refused"]:
        parts.append(ngettext("%(n)s refused", "%(n)s refused", counts["refused"]) % {"n": counts["refused"]})
    return ", ".join(parts)


def _asked(officer: Person, kind: Kind, form: BulkForm) -> dict[Any, Any]:
    """The cases that were ticked, in that order, as far as the officer may see them."""
    seen = waiting(officer, kind.name).model._default_manager.visible_to(officer)
    found = kind.load(seen).in_bulk(form.keys)
    return {key: found[key] for key in form.keys if key in found}


def _refused(officer: Person, case: Case, says: str) -> Result:
    """A refusal because a colleague was quicker is no refusal."""
    return Result(case, "refused", says=says) if case.waits_for(officer) else _meanwhile(officer, case)


def _meanwhile(officer: Person, case: Case) -> Result:
    return Result(case, "meanwhile", by=str(decided_by(officer, case) or ""))


def _codes(error: ValidationError) -> set[str | None]:
    lists = error.error_dict.values() if hasattr(error, "error_dict") else [error.error_list]
    return {one.code for errors in lists for one in errors}
