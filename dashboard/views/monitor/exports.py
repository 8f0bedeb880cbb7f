"""Exports: every list and figure of the monitor as CSV or as a spreadsheet."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.http.response import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from backend.monitoring.partnerships import partnerships
from backend.monitoring.statistics.rows import BEHIND
from backend.schools.countries import country_label
from dashboard.access import OfficerRequest, for_officers, streamed_for_officers
from dashboard.forms.periods import ALL, DraftedFilters, PeriodFilters
from dashboard.streaming import FORMS, Table, as_file
from dashboard.tables import WAITING, cells, columns_of, loaded
from dashboard.templatetags.figures import code_label, queue_label, waiting_age
from dashboard.views.monitor.partnerships import COLUMNS, NAMES
from dashboard.views.monitor.rows import asked_by, behind, readable
from dashboard.views.monitor.sheet import Sheet

NEEDS_CODE = ("opened_subject", "opened_language", "opened_type", "opened_age")  # parts of “opened”
OFFERED = tuple(name for name in BEHIND if name not in NEEDS_CODE)


@require_safe
@for_officers
def exports(request: OfficerRequest) -> HttpResponse:
    if request.user.oversees.regions is not None:
        raise Http404
    filters = PeriodFilters(request, request.user)
    lists = [("partnerships", _("Partnerships")), ("figures", _("Figures of the period"))]
    lists += [(name, str(BEHIND[name].title)) for name in OFFERED]
    lists += [(name, str(title)) for name, title in WAITING.items()]
    context = {"filters": filters, "lists": lists, "query": urlencode(filters.days), "country": filters.of or ALL}
    return render(request, "dashboard/monitor/exports.html", context)


@require_safe
@streamed_for_officers
def export(request: OfficerRequest, country: str, name: str, form: str) -> HttpResponseBase:
    """Streams, and stays the same list that the page shows."""
    if form not in FORMS or request.user.oversees.regions is not None:
        raise Http404
    return as_file(TABLES.get(name, _rows)(request, readable(request, country), name), name, form)


def _rows(request: OfficerRequest, country: str, name: str) -> Table:
    _title, found = behind(request, name, asked_by(request, country or ALL))
    columns = columns_of(found)
    header = [str(column.title) for column in columns]
    return Table(header, loaded(found).order_by("pk"), lambda row: cells(columns, row))


def _partnerships(request: OfficerRequest, country: str, name: str) -> Table:
    filters = DraftedFilters(request, request.user)
    wanted = {country, filters.chosen("partner")} - {""}
    found = [p for p in partnerships(request.user, **filters.window) if wanted <= {p.one, p.other}]
    header = [_("Country"), _("Partner country"), *(str(COLUMNS[column][0]) for column in NAMES)]
    rows = [[country_label(p.one), country_label(p.other), *(getattr(p, column) for column in NAMES)] for p in found]
    return Table(header, rows)


def _figures(request: OfficerRequest, country: str, name: str) -> Table:
    sheet = Sheet(PeriodFilters(request, request.user).about(country))
    rows: list[Any] = [[title, n.label, n.value] for title, numbers in sheet.groups for n in numbers]
    for title, of, _url in sheet.durations:
        measured = {
            _("Number"): of.number, _("Median, working days"): of.median_days,
            _("90th percentile, working days"): of.percentile_90_days, _("Median, hours"): of.median,
            _("90th percentile, hours"): of.percentile_90,
        }  # fmt: skip
        rows += [[title, label, number] for label, number in measured.items()]
    for title, _line, months in sheet.trends:
        rows += [[_("%(figure)s, by month") % {"figure": title}, f"{month:%Y-%m}", n] for month, n, _url in months]
    for queue, ages in sheet.backlog(request):
        rows += [[queue_label(queue), waiting_age(age), number] for age, number, _url in ages]
    for table, title, _most, lines in sheet.tables:
        rows += [[title, code_label(code, table), number] for code, number, _url in lines]
    return Table([_("Part"), _("Figure"), _("Number")], rows)


TABLES: dict[str, Callable[[OfficerRequest, str, str], Table]] = {"partnerships": _partnerships, "figures": _figures}
