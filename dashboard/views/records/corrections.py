"""A school's official details, written down by its agency."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.agencies.actions import edit_school
from backend.agencies.permissions import can_decide_for
from backend.core.guards import allow
from backend.schools.models import School
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.office.schools import SchoolForm
from dashboard.perform import perform, settled
from dashboard.views.records.schools import school_of


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def correct(request: OfficerRequest, pk: UUID) -> HttpResponse:
    school = school_of(request, pk)
    allow(can_decide_for(request.user, school.country_id, school))
    if request.method != "POST":
        form = SchoolForm(request.user, initial=SchoolForm.read_from(school))
        return _form(request, school, form, 200)
    form = SchoolForm(request.user, request.POST)
    status = perform(form, lambda: edit_school(school, actor=request.user, **form.given()))
    to = reverse("dashboard:school", args=[pk])
    return settled(request, status, _("The details are corrected."), to, lambda: _form(request, school, form, status))


def _form(request: OfficerRequest, school: School, form: SchoolForm, status: int) -> HttpResponse:
    return render(request, "dashboard/records/school_correct.html", {"school": school, "form": form}, status=status)
