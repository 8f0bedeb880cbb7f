"""The filters above the queues; they live in the URL, and what is not understood is left out."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person, PersonState
from backend.desk.cases import looked_after
from backend.moderation.models import HelpTopic, ReportCategory
from backend.monitoring.queues import narrowed
from backend.projects.models import ProjectMember
from backend.schools.countries import PARTICIPANTS, country_label
from backend.schools.models import MembershipState, SchoolMembership, SchoolState, SchoolType


def country_choices() -> list[tuple[str, Any]]:
    """By their names in the reader's language."""
    return [
        ("", _("All countries")),
        *sorted(((code, country_label(code)) for code in PARTICIPANTS), key=lambda pair: pair[1]),
    ]


class Filters(forms.Form):
    """A form in the URL: invalid values filter nothing."""

    def __init__(self, request: HttpRequest, viewer: Person, sent: QueryDict | None = None) -> None:
        super().__init__(sent or request.GET, label_suffix="")
        self.viewer = viewer
        for name in ("country", "partner"):
            if name in self.fields:
                self.fields[name].choices = country_choices()  # type: ignore[attr-defined]
        if not viewer.oversees.everywhere:
            for name in ("country", "escalated"):  # of the central service
                self.fields.pop(name, None)
        self.is_valid()

    def chosen(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "")

    @property
    def is_used(self) -> bool:
        return any(self.chosen(name) for name in self.fields)


class QueueFilters(Filters):
    """Above every queue: whose cases, and whether only the late ones."""

    whose = forms.ChoiceField(
        label=_("Looked after by"),
        required=False,
        choices=[("", _("Anybody")), ("mine", _("Me")), ("nobody", _("Nobody yet")), ("others", _("Colleagues"))],
    )
    due = forms.ChoiceField(label=_("Due"), required=False, choices=[("", _("Any time")), ("overdue", _("Overdue"))])
    country = forms.ChoiceField(label=_("Country"), required=False)

    def narrow(self, queue: QuerySet[Any]) -> QuerySet[Any]:
        if self.chosen("whose"):
            queue = looked_after(queue, self.viewer, self.chosen("whose"))
        return narrowed(queue, country=self.chosen("country"), overdue=bool(self.chosen("due")))

    @property
    def query(self) -> str:
        """What is chosen, as in the address."""
        return urlencode({name: self.chosen(name) for name in self.fields if self.chosen(name)})


class PeopleFilters(QueueFilters):
    state = forms.ChoiceField(
        label=_("Request"),
        required=False,
        choices=[
            ("", _("All requests")),
            ("new", _("New account")),
            ("asked", _("Information requested")),
            ("moved", _("Joining a further school")),
        ],
    )
    school = forms.ChoiceField(
        label=_("School"),
        required=False,
        choices=[("", _("All schools")), ("new", _("New schools")), ("known", _("Known schools"))],
    )

    STATES = {
        "new": PersonState.PENDING,
        "asked": PersonState.INFORMATION_REQUESTED,
        "moved": PersonState.VALIDATED,
    }

    def narrow(self, queue: QuerySet[Any]) -> QuerySet[Any]:
        if self.chosen("state"):
            queue = queue.filter(state=self.STATES[self.chosen("state")])
        joining = SchoolMembership.objects.filter(state=MembershipState.PENDING, school__state=SchoolState.PROPOSED)
        if self.chosen("school") == "new":
            queue = queue.filter(pk__in=joining.values("person"))
        if self.chosen("school") == "known":
            queue = queue.exclude(pk__in=joining.values("person"))
        return super().narrow(queue)


class ProjectFilters(QueueFilters):
    partner = forms.ChoiceField(label=_("Partner country"), required=False)

    def narrow(self, queue: QuerySet[Any]) -> QuerySet[Any]:
        if self.chosen("partner"):
            founders = ProjectMember.objects.filter(project=OuterRef("project"), founder_position__isnull=False)
            queue = queue.filter(Exists(founders.filter(country=self.chosen("partner"))))
        return super().narrow(queue)


class SchoolFilters(QueueFilters):
    type = forms.ChoiceField(
        label=_("Type of school"), required=False, choices=[("", _("All types")), *SchoolType.choices]
    )

    def narrow(self, queue: QuerySet[Any]) -> QuerySet[Any]:
        queue = queue.filter(type=self.chosen("type")) if self.chosen("type") else queue
        return super().narrow(queue)


class ReportFilters(QueueFilters):
    category = forms.ChoiceField(
        label=_("What is wrong"), required=False, choices=[("", _("Everything")), *ReportCategory.choices]
    )
    escalated = forms.ChoiceField(
        label=_("Passed on"), required=False, choices=[("", _("Or not")), ("yes", _("To the central service"))]
    )

    def narrow(self, queue: QuerySet[Any]) -> QuerySet[Any]:
        queue = queue.filter(category=self.chosen("category")) if self.chosen("category") else queue
        queue = queue.filter(escalated_at__isnull=False) if self.chosen("escalated") else queue
        return super().narrow(queue)


class LabelFilters(QueueFilters):
    """Nothing further."""


class HelpFilters(QueueFilters):
    topic = forms.ChoiceField(label=_("Topic"), required=False, choices=[("", _("All topics")), *HelpTopic.choices])

    def narrow(self, queue: QuerySet[Any]) -> QuerySet[Any]:
        queue = queue.filter(topic=self.chosen("topic")) if self.chosen("topic") else queue
        return super().narrow(queue)


class PartnershipFilters(Filters):
    partner = forms.ChoiceField(label=_("Partner country"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
