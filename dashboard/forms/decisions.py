"""What an officer types when deciding."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.core.guards import refusal
from backend.desk.cases import colleagues
from backend.moderation.models import AppealState
from backend.projects.models import Project, ProjectMember
from backend.schools.models import School

AT_ONCE = 50  # a page
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Saying(forms.Form):
    """A form whose refusals can be said elsewhere."""

    def sentences(self) -> list[str]:
        return [str(sentence) for errors in self.errors.values() for sentence in errors]


class DecisionForm(Saying):
    """One text for reason, question or comment; which of them it is, the button says."""

    text = forms.CharField(required=False, strip=False)
    ready = forms.UUIDField(required=False)  # a ready text, which counts where nothing was written
    side = forms.CharField(required=False, max_length=2)
    next = forms.CharField(required=False)

    def way_back(self, request: HttpRequest, otherwise: str) -> str:
        """Where the officer came from, if that is a page of ours."""
        wanted = str(self.data.get("next", ""))
        return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else otherwise


class BulkForm(DecisionForm):
    """The cases that were ticked, and what the button says."""

    do = forms.CharField(required=False)
    to = forms.ModelChoiceField(
        Person.objects.none(), required=False, error_messages={"required": _("Please choose a colleague.")}
    )

    def __init__(self, *args: Any, officer: Person | None = None) -> None:
        super().__init__(*args)
        if officer is not None:
            self.fields["to"].queryset = colleagues(officer)  # type: ignore[attr-defined]
            self.fields["to"].required = self.data.get("do") == "give"

    @property
    def keys(self) -> list[UUID]:
        """Of what was ticked; what is no key is left out."""
        given = self.data.getlist("case") if isinstance(self.data, QueryDict) else []
        return [UUID(key) for key in dict.fromkeys(given) if KEY.fullmatch(key)]

    def clean(self) -> None:
        if not 0 < len(self.keys) <= AT_ONCE:
            raise refusal("nothing_chosen") if not self.keys else refusal("too_many_at_once", limit=AT_ONCE)


class ViewForm(Saying):
    """A name for the filters as they are."""

    name = forms.CharField(required=False)
    query = forms.CharField(required=False)
    is_shared = forms.BooleanField(required=False)


class ReportForm(DecisionForm):
    """What follows from a report; a suspension has a last day."""

    outcome = forms.CharField(required=False)
    until = forms.DateField(required=False)


class NoteForm(DecisionForm):
    """A note for colleagues."""


class CommentForm(DecisionForm):
    """A remark beside the founders' text, on a field of it or on all."""

    about = forms.CharField(required=False)


class AppealForm(DecisionForm):
    """Whether the decision stands."""

    verdict = forms.ChoiceField(choices=AppealState.choices[1:])


class MergeForm(DecisionForm):
    """And the record of the same school that stays."""

    into = forms.ModelChoiceField(
        School.objects.none(), error_messages={"required": _("Please choose the record that stays.")}
    )

    def __init__(self, officer: Person, *args: Any) -> None:
        super().__init__(*args)
        self.fields["into"].queryset = School.objects.visible_to(officer)  # type: ignore[attr-defined]


class FollowForm(DecisionForm):
    """Whose place it is, and who follows."""

    giver = forms.ModelChoiceField(ProjectMember.objects.none())
    taker = forms.ModelChoiceField(
        ProjectMember.objects.none(), error_messages={"required": _("Please choose who follows.")}
    )

    def __init__(self, project: Project, *args: Any) -> None:
        super().__init__(*args)
        for name in ("giver", "taker"):
            self.fields[name].queryset = project.members  # type: ignore[attr-defined]


class GridForm(DecisionForm):
    """Points for everything a grid marks."""

    def __init__(self, codes: Iterable[str], *args: Any) -> None:
        super().__init__(*args)
        self.codes = list(codes)
        for code in self.codes:
            self.fields[code] = forms.IntegerField(required=False)

    @property
    def points(self) -> dict[str, int]:
        given = {code: self.cleaned_data.get(code) for code in self.codes}
        return {code: points for code, points in given.items() if points is not None}
