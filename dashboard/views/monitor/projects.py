"""How open projects are doing: which need somebody, and a word to their founders."""

from collections import Counter
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from backend.core import clock
from backend.monitoring.actions import contact_founders
from backend.monitoring.models import Work
from backend.monitoring.partnerships import doing_windows
from backend.monitoring.permissions import can_contact_founders
from backend.monitoring.projects import Condition, monitored
from backend.monitoring.rollups.reading import sums
from backend.projects.models import Project, ProjectMember
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.decisions import DecisionForm
from dashboard.forms.filters import Filters
from dashboard.paging import newest
from dashboard.perform import perform, settled
from dashboard.svg.charts import Line, sparkline

WEEKS = 12
COUNTED = {
    Condition.ACTIVE: ("active", "last_work"), Condition.QUIET: ("quiet", "last_work"),
    Condition.STALLED: ("stalled", "last_work"), Condition.NEVER_STARTED: ("idle", "idle"),
    Condition.ONE_SIDED: ("idle", "one_sided"),
}  # fmt: skip


class MonitorFilters(Filters):
    partner = forms.ChoiceField(label=gettext_lazy("Partner country"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)


@require_safe
@for_officers
def projects(request: OfficerRequest) -> HttpResponse:
    filters = MonitorFilters(request, request.user)
    asked = request.GET.get("condition", "")
    condition = Condition(asked) if asked in Condition.values else Condition.STALLED
    found = monitored(request.user, condition, country=filters.chosen("country"))
    if partner := filters.chosen("partner"):
        founders = ProjectMember.objects.filter(project=OuterRef("pk"), founder_position__isnull=False)
        found = found.filter(Exists(founders.filter(country=partner)))
    members = Prefetch("members", ProjectMember.objects.select_related("school"))
    page = newest(request, found.select_related("workspace", "pulse").prefetch_related(members))
    lines = _sparklines(page.rows)
    context = {
        "filters": filters,
        "tabs": _tabs(request, filters, condition),
        "condition": condition,
        "page": page,
        "cases": [(project, lines[project.pk], can_contact_founders(request.user, project)) for project in page.rows],
        "weeks": WEEKS,
    }
    return render(request, "dashboard/monitor/projects.html", context)


def _tabs(request: OfficerRequest, filters: Filters, chosen: Condition) -> list[tuple[str, str, int | None, bool]]:
    """With how many there are; a regional delegate's are not counted beforehand."""
    counts = _counts(request, filters)
    query = {name: filters.chosen(name) for name in filters.fields if filters.chosen(name)}
    here = reverse("dashboard:monitor")
    return [
        (str(c.label), f"{here}?{urlencode({'condition': c.value, **query})}", counts.get(c), c == chosen)
        for c in Condition
    ]


def _counts(request: OfficerRequest, filters: Filters) -> dict[Condition, int]:
    scope = request.user.oversees
    if scope.regions is not None:
        return {}
    country = filters.chosen("country") if scope.everywhere else min(scope.countries)
    partner = filters.chosen("partner")
    if partner and not country:
        country, partner = partner, ""  # projects with that country, whoever the other is
    read = sums(doing_windows(), countries=[country])
    totals: Counter[tuple[str, str]] = Counter()
    for window, found in read.items():
        for (_country, measure, code), number in found.items():
            if not partner or code == partner:
                totals[window, measure] += number
    return {condition: totals[key] for condition, key in COUNTED.items()}


def _sparklines(rows: list[Project]) -> dict[UUID, tuple[Line, int]]:
    """What was done in each workspace in the last weeks: numbers, never what."""
    today = clock.now().date()
    first = today - timedelta(weeks=WEEKS) + timedelta(days=1)
    rooms = {project.workspace.pk: project.pk for project in rows}
    weekly: dict[UUID, list[int]] = {key: [0] * WEEKS for key in rooms.values()}
    done: QuerySet[Any] = Work.objects.filter(workspace__in=rooms, day__gte=first, day__lte=today)
    for room, day, number in done.values_list("workspace", "day").annotate(number=Sum("number")):
        weekly[rooms[room]][(day - first).days // 7] += number
    return {key: (sparkline(numbers), sum(numbers)) for key, numbers in weekly.items()}


@require_safe
@for_officers
def founders(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """Where a letter to both founders is written; with `offer` it offers to look for partners with them."""
    return _letter(request, _project(request, pk), DecisionForm())


@require_POST
@for_officers
def contact(request: OfficerRequest, pk: UUID) -> HttpResponse:
    project, form = _project(request, pk), DecisionForm(request.POST)
    given = {"actor": request.user, "offers_search": "offer" in request.GET}
    status = perform(form, contact_founders, project, text_as="text", **given)
    done = _("The founders of “%(project)s” get your letter.") % {"project": project}
    return settled(request, status, done, "dashboard:monitor", lambda: _letter(request, project, form, status))


def _project(request: OfficerRequest, pk: UUID) -> Project:
    members = Prefetch("members", ProjectMember.objects.select_related("person", "school"))
    return get_object_or_404(monitored(request.user).prefetch_related(members), pk=pk)


def _letter(request: OfficerRequest, project: Project, form: DecisionForm, status: int = 200) -> HttpResponse:
    allowed = can_contact_founders(request.user, project)
    context = {"project": project, "form": form, "offers": "offer" in request.GET, "allowed": allowed}
    return render(request, "dashboard/monitor/contact.html", context, status=status if allowed else 403)
