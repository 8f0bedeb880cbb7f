"""The filters above the audit trail."""

from collections import defaultdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.eventlog.facts import FACTS, Fact
from dashboard.forms.filters import Filters

AREAS: dict[str, Any] = {
    "person": _("People"), "school": _("Schools"), "project": _("Projects"), "report": _("Reports"),
    "label": _("Quality labels"), "help": _("Requests for help"), "officer": _("Officers"), "agency": _("Agencies"),
    "mailing": _("Messages to teachers"), "statistics": _("Statistics"),
}  # fmt: skip


def kind_choices() -> list[tuple[Any, Any]]:
    """What an agency can read of, by area; each kind in the words of its sentence."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind, fact in sorted(FACTS.items()):
        if fact.countries is not Fact.countries:
            area = kind.partition(".")[0]
            groups[str(AREAS.get(area, _("Other")))].append((kind, _in_words(fact)))
    return [("", _("Everything")), *sorted(groups.items())]


def _in_words(fact: type[Fact]) -> str:
    return str(fact.wording) % {"actor": "…", "subject": "…"}


class TrailFilters(Filters):
    kind = forms.ChoiceField(label=_("What happened"), required=False)
    actor = forms.CharField(label=_("Who did it"), required=False, max_length=80)
    subject = forms.CharField(label=_("Whom or what it is about"), required=False, max_length=80)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["kind"].choices = kind_choices()  # type: ignore[attr-defined]
        self.full_clean()
