"""An agency's public contact, its policies, and what the central service decided for it."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.agencies.actions import edit_agency, set_policy
from backend.agencies.actions.policies import MEGABYTES
from backend.agencies.models import Agency, StandIn
from backend.agencies.permissions import can_lead
from backend.labels.actions.policies import set_label_policy
from backend.labels.models.grids import loaded_policy
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.filters import country_choices
from dashboard.forms.office.settings import ContactForm, LabelPolicyForm, PolicyForm
from dashboard.perform import perform, settled

SHOWN = 20
CONTACT, POLICY, LABELS = "contact", "policy", "labels"


@require_safe
@for_officers
def agency(request: OfficerRequest) -> HttpResponse:
    return _page(request, agency_in(request), {}, 200)


@require_POST
@for_officers
def edit_contact(request: OfficerRequest) -> HttpResponse:
    form = ContactForm(request.user, request.POST, auto_id="contact-%s")
    return _save(request, CONTACT, form, edit_agency)


@require_POST
@for_officers
def set_country_policy(request: OfficerRequest) -> HttpResponse:
    form = PolicyForm(request.user, request.POST, auto_id="policy-%s")
    return _save(request, POLICY, form, lambda agency, **given: set_policy(agency.country, **given))


@require_POST
@for_officers
def set_labels(request: OfficerRequest) -> HttpResponse:
    form = LabelPolicyForm(request.user, request.POST, auto_id="labels-%s")
    return _save(request, LABELS, form, lambda agency, **given: set_label_policy(agency.country, **given))


def agency_in(request: OfficerRequest) -> Agency:
    """The own agency; officers of the central service may open any other by its country."""
    own: Agency = request.user.officer.agency
    country = request.POST.get("country") or request.GET.get("country") or ""
    if not country or country == own.country_id:
        return own
    found = Agency.objects.filter(country=country).select_related("country").first()
    if found is None or not request.user.oversees.everywhere:
        raise Http404
    return found


def back_to(page: str, agency: Agency, own: Agency) -> str:
    """The address of a settings page, of the agency that was open."""
    return reverse(f"dashboard:{page}") + (f"?country={agency.country_id}" if agency.pk != own.pk else "")


def _save(request: OfficerRequest, part: str, form: Any, rule: Callable[..., Agency]) -> HttpResponse:
    agency = agency_in(request)
    if part != CONTACT and agency.country is None:
        raise Http404  # the central service has no policies
    status = perform(form, lambda: rule(agency, actor=request.user, **form.given()))
    to = back_to("settings", agency, request.user.officer.agency)
    return settled(request, status, _("Saved."), to, lambda: _page(request, agency, {part: form}, status))


def _page(request: OfficerRequest, agency: Agency, typed: dict[str, Form], status: int) -> HttpResponse:
    viewer = request.user
    is_own = agency.pk == viewer.officer.agency_id
    stand_ins = StandIn.objects.visible_to(viewer).filter(agency=agency).select_related("actor", "event")
    context = {
        "agency": agency,
        "is_own": is_own,
        "may_lead": can_lead(viewer, agency.pk),
        "forms": _forms(request, agency) | typed,
        "stand_ins": stand_ins.order_by("-pk")[:SHOWN] if agency.country_id else [],
        "countries": country_choices()[1:] if viewer.oversees.everywhere else [],
    }
    return render(request, "dashboard/office/settings.html", context, status=status)


def _forms(request: OfficerRequest, agency: Agency) -> dict[str, Form]:
    viewer, country = request.user, agency.country
    contact = ContactForm(viewer, initial=ContactForm.read_from(agency), auto_id="contact-%s")
    forms: dict[str, Form] = {CONTACT: contact}
    if country:
        policy = {name: getattr(country, name) for name in ("target_working_days", *MEGABYTES)}
        policy["project_approval"] = country.approval
        forms[POLICY] = PolicyForm(viewer, initial=policy, auto_id="policy-%s")
        kept = loaded_policy(country)
        labels = {"assessors": kept.assessors, "target_working_days": kept.target_working_days}
        forms[LABELS] = LabelPolicyForm(viewer, initial=labels, auto_id="labels-%s")
    return forms
