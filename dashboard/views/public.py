"""Published statistics: for everybody, without session or cookie, as pages and as CSV."""

import csv
import io
from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from backend.monitoring.models import Publication
from backend.monitoring.statistics.figures import BANDS
from backend.schools.countries import PARTICIPANTS, country_label
from dashboard.svg.map import draw
from dashboard.templatetags.figures import code_label
from dashboard.views.monitor.sheet import TITLES

KEPT = 3600  # seconds that others may keep a page
COUNTS = {
    "staff_total": _("Registered staff"), "staff_new": _("New staff in the period"), "schools_total": _("Schools"),
    "schools_new": _("New schools in the period"), "projects_total": _("Projects opened so far"),
    "projects_new": _("Projects opened in the period"), "label_applications": _("Label applications in the period"),
    "labels_awarded": _("Labels awarded in the period"),
}  # fmt: skip


def _etag(request: HttpRequest, country: str = "", form: str = "") -> str:
    """Changes with what is published, and with the language."""
    shown = Publication.objects.newest_shown(country).values_list("pk", "updated_at")
    told = f"{get_language()} {form} {list(shown)}"
    return f'"{sha256(told.encode()).hexdigest()[:32]}"'


def for_everybody(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Kept by browsers and proxies for an hour, asked for again by ETag; in the language the browser asks for."""

    @wraps(view)
    @require_safe
    @gzip_page
    @condition(etag_func=_etag)
    def seen(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=KEPT)
        patch_vary_headers(response, ["Accept-Language"])
        return response

    return seen


@for_everybody
def overview(request: HttpRequest) -> HttpResponse:
    """Every country that has published something, on a map and in a table."""
    found = {each.country_id: each for each in Publication.objects.newest_shown()}
    numbers = {code: each.counts.get("projects_total") or 0 for code, each in found.items()}
    links = {code: f"{code}/" for code in found}
    rows = sorted(found.values(), key=lambda each: country_label(each.country_id))
    context = {"map": draw(numbers, links, {}, []), "rows": rows, "counts": COUNTS}
    return _page("dashboard/public/overview.html", context)


@for_everybody
def of_country(request: HttpRequest, country: str) -> HttpResponse:
    each = _shown(country)
    tables = [(name, title, _most(each.tables[name]), _ordered(name, each)) for name, title in TITLES.items()]
    counts = [(label, each.counts.get(name)) for name, label in COUNTS.items()]
    return _page(
        "dashboard/public/country.html",
        {"each": each, "counts": counts, "tables": [table for table in tables if table[3]]},
    )


@for_everybody
def as_csv(request: HttpRequest, country: str, form: str = "csv") -> HttpResponse:
    """Empty where a number is hidden."""
    each = _shown(country)
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow([_("Part"), _("Figure"), _("Number")])
    lines.writerows([country_label(country), label, each.counts.get(name)] for name, label in COUNTS.items())
    for name, title in TITLES.items():
        lines.writerows([title, code_label(code, name), number] for code, number in _ordered(name, each))
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    days = f"{each.since}-{each.until}"
    response["Content-Disposition"] = f'attachment; filename="etwinning-{country}-{days}.csv"'
    return response


def _shown(country: str) -> Publication:
    found = Publication.objects.newest_shown(country).first() if country in PARTICIPANTS else None
    if found is None:
        raise Http404
    return found


def _ordered(name: str, each: Publication) -> list[tuple[str, int | None]]:
    """Most frequent first, hidden ones last; ages in their own order."""
    rows = each.tables[name]
    if name == "ages":
        return [(band, rows[band]) for band in BANDS]
    return sorted(rows.items(), key=lambda row: (-(row[1] or 0), code_label(row[0], name)))


def _most(rows: dict[str, int | None]) -> int:
    return max((number or 0 for number in rows.values()), default=0) or 1


def _page(template: str, context: dict[str, object]) -> HttpResponse:
    """Without the request: nothing on the page depends on who reads it."""
    return HttpResponse(render_to_string(template, context))
