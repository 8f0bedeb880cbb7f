"""Who works at the agency, and what a lead decides about it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.agencies.actions import appoint_officer, change_officer, dismiss_officer
from backend.agencies.models import Agency, Officer
from backend.agencies.permissions import can_lead
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.office.settings import AppointForm, DismissForm, RoleForm, regions_of
from dashboard.perform import perform, settled
from dashboard.views.office.settings import agency_in, back_to

APPOINT = "appoint"


@require_safe
@for_officers
def every(request: OfficerRequest) -> HttpResponse:
    return _page(request, agency_in(request), {}, 200)


@require_POST
@for_officers
def appoint(request: OfficerRequest) -> HttpResponse:
    agency = agency_in(request)
    form = AppointForm(request.user, regions_of(agency), request.POST, auto_id=f"{APPOINT}-%s")

    def rule() -> Officer:
        return appoint_officer(agency, actor=request.user, **form.given())

    done = _("%(email)s is appointed. A letter is on its way.") % {"email": request.POST.get("email", "")}
    return _act(request, agency, APPOINT, form, rule, done)


@require_POST
@for_officers
def change(request: OfficerRequest, pk: UUID) -> HttpResponse:
    officer = _officer(request, pk)
    form = RoleForm(request.user, regions_of(officer.agency), request.POST, auto_id=f"{pk}-%s")

    def rule() -> Officer:
        return change_officer(officer, actor=request.user, **form.given())

    return _act(request, officer.agency, f"{pk} role", form, rule, _("%(name)s has the new role.") % {"name": officer})


@require_POST
@for_officers
def dismiss(request: OfficerRequest, pk: UUID) -> HttpResponse:
    officer = _officer(request, pk)
    form = DismissForm(request.POST, auto_id=f"{pk}-dismiss-%s")

    def rule() -> Officer:
        return dismiss_officer(officer, actor=request.user, reason=form.cleaned_data["reason"])

    done = _("The appointment of %(name)s has ended.") % {"name": officer}
    return _act(request, officer.agency, f"{pk} dismiss", form, rule, done)


def _act(
    request: OfficerRequest, agency: Agency, key: str, form: Form, rule: Callable[[], Any], done: str
) -> HttpResponse:
    status = perform(form, rule)
    to = back_to("officers", agency, request.user.officer.agency)
    return settled(request, status, done, to, lambda: _page(request, agency, {key: form}, status))


def _officer(request: OfficerRequest, pk: UUID) -> Officer:
    seen = Officer.objects.visible_to(request.user).serving().select_related("person", "agency__country")
    return get_object_or_404(seen, pk=pk)


def _page(request: OfficerRequest, agency: Agency, typed: dict[str, Form], status: int) -> HttpResponse:
    """What was typed stays in the one form that it was typed into."""
    viewer, regions = request.user, regions_of(agency)
    may_lead = can_lead(viewer, agency.pk)
    serving = Officer.objects.visible_to(viewer).serving().filter(agency=agency)
    rows = []
    for officer in serving.order_by("person__family_name", "person__given_name", "pk")[:200]:
        role, dismissal = typed.get(f"{officer.pk} role"), typed.get(f"{officer.pk} dismiss")
        initial = {"role": officer.role, "regions": officer.regions}
        role_form = role or RoleForm(viewer, regions, initial=initial, auto_id=f"{officer.pk}-%s")
        dismissal_form = dismissal or DismissForm(auto_id=f"{officer.pk}-dismiss-%s")
        rows.append((officer, role_form, dismissal_form, bool(role or dismissal)))
    form = typed.get(APPOINT) or AppointForm(viewer, regions, auto_id=f"{APPOINT}-%s")
    context = {"agency": agency, "rows": rows, "appoint": form, "may_lead": may_lead, "is_open": APPOINT in typed}
    return render(request, "dashboard/office/officers.html", context, status=status)
