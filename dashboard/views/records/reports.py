"""A report: its text only behind a reason, then the decision."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.accounts.models import Person
from backend.moderation import evidence, subjects
from backend.moderation.actions import reports
from backend.moderation.models import Report, ReportOutcome
from backend.moderation.permissions import can_confirm_ban, can_decide_report, can_escalate_report, is_concerned
from backend.monitoring.activity import timeline
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.decisions import DecisionForm, ReportForm
from dashboard.perform import DONE, perform

EVENTS = 50


@require_safe
@for_officers
def record(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _record(request, _report(request, pk), ReportForm(), 200)


@require_POST
@for_officers
def read(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """The whole report, once for this reason; nothing of it is kept in the address."""
    report, form = _report(request, pk), ReportForm(request.POST)
    status = perform(form, reports.open_report, report, actor=request.user, text_as="reason")
    return _record(request, report, ReportForm() if status == DONE else form, status, is_open=status == DONE)


@require_POST
@for_officers
def decide(request: OfficerRequest, pk: UUID) -> HttpResponse:
    report, form = _report(request, pk), ReportForm(request.POST)
    form.is_valid()
    given = {"outcome": form.cleaned_data.get("outcome", ""), "until": form.cleaned_data.get("until")}
    return _decide(request, report, form, reports.decide_report, _("The report is decided."), given)


@require_POST
@for_officers
def confirm_ban(request: OfficerRequest, pk: UUID) -> HttpResponse:
    report, form = _report(request, pk), ReportForm(request.POST)
    return _decide(request, report, form, reports.confirm_ban, _("The ban is confirmed."), {})


@require_POST
@for_officers
def escalate(request: OfficerRequest, pk: UUID) -> HttpResponse:
    report, form = _report(request, pk), ReportForm(request.POST)
    done = _("The report is passed on to the central service.")
    return _decide(request, report, form, reports.escalate_report, done, {})


def _decide(
    request: OfficerRequest, report: Report, form: DecisionForm, rule: Callable[..., Report], done: str,
    given: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    status = perform(form, rule, report, actor=request.user, text_as="reason", **given)
    if status == DONE:
        waits = given.get("outcome") == ReportOutcome.BAN
        messages.success(request, _("The ban waits for a second officer.") if waits else done)
        return redirect(form.way_back(request, reverse("dashboard:reports")))
    has_read = report.readings.filter(reader=request.user).exists()
    return _record(request, _report(request, report.pk), form, status, is_open=has_read)


def _report(request: OfficerRequest, pk: UUID) -> Report:
    seen = Report.objects.visible_to(request.user).filter(request.user.oversees.where("country"))
    people = ("author", "reporter", "ban_proposed_by", "escalated_by")
    return get_object_or_404(seen.select_related(*people, "workspace__project"), pk=pk)


def _record(
    request: OfficerRequest, report: Report, form: DecisionForm, status: int, *, is_open: bool = False
) -> HttpResponse:
    viewer = request.user
    may = can_decide_report(viewer, report) and not is_concerned(viewer, report) and report.is_open
    context = {
        "report": report,
        "is_open": is_open,
        "readings": report.readings.select_related("reader"),
        "earlier": _earlier(viewer, report),
        "happenings": timeline(viewer, report, limit=EVENTS),
        "outcomes": _outcomes(report),
        "may_decide": may,
        "may_confirm": may and report.ban_proposed_by_id is not None and can_confirm_ban(viewer, report),
        "may_escalate": may and not report.is_escalated and can_escalate_report(viewer, report),
        "form": form,
        "way_back": form.way_back(request, ""),
        **(_inside(viewer, report) if is_open else {}),
    }
    return render(request, "dashboard/records/report.html", context, status=status)


def _outcomes(report: Report) -> list[tuple[str, str]]:
    """What can be chosen: a ban only once."""
    proposed = {ReportOutcome.BAN} if report.ban_proposed_by_id else set()
    return [(outcome.value, str(outcome.label)) for outcome in ReportOutcome if outcome not in proposed]


def _earlier(viewer: Person, report: Report) -> Any:
    """What was reported before about the same thing or the same person."""
    others = Report.objects.visible_to(viewer).exclude(pk=report.pk)
    same = others.filter(author=report.author) if report.author_id else others.filter(subject_id=report.subject_id)
    return same.order_by("-pk")[:10]


def _inside(viewer: Person, report: Report) -> dict[str, Any]:
    """What was reported, as it is now and, where that differs, as it was."""
    subject = subjects.subject_of(report)
    file = reverse("file", args=[report.subject_id]) + f"?report={evidence.evidence_token(report, reader=viewer)}"
    content, before = subjects.text_of(subject), subjects.as_text(report.said)
    return {
        "content": content,
        "before": before if before != content else "",
        "file": file if evidence.is_file(report) else "",
    }
