"""What an officer types when deciding."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.schools.models import School


class DecisionForm(forms.Form):
    """One text for reason, question or comment; which of them it is, the button says."""

    text = forms.CharField(required=False, strip=False)
    side = forms.CharField(required=False, max_length=2)
    next = forms.CharField(required=False)

    def way_back(self, request: HttpRequest, otherwise: str) -> str:
        """Where the officer came from, if that is a page of ours."""
        wanted = str(self.data.get("next", ""))
        return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else otherwise


class MergeForm(DecisionForm):
    """And the record of the same school that stays."""

    into = forms.ModelChoiceField(
        School.objects.none(), error_messages={"required": _("Please choose the record that stays.")}
    )

    def __init__(self, officer: Person, *args: Any) -> None:
        super().__init__(*args)
        self.fields["into"].queryset = School.objects.visible_to(officer)  # type: ignore[attr-defined]
