"""What is done to an account behind a page that asks once more: erasing it, and taking away a lost second factor."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.accounts.models import Person, PersonKind
from backend.accounts.second_factor import device_of
from backend.agencies.actions import reset_second_factor
from backend.agencies.models import Officer
from backend.agencies.permissions import can_reset_second_factor
from backend.core.guards import allow
from backend.privacy.actions import erase_person, founded
from backend.privacy.permissions import can_erase
from backend.projects.models import Project
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.decisions import DecisionForm
from dashboard.perform import perform, settled
from dashboard.views.office.settings import back_to


@require_safe
@for_officers
def erasure(request: OfficerRequest, pk: UUID) -> HttpResponse:
    person = _staff(request, pk)
    allow(can_erase(request.user, person))
    return _erasure(request, person, DecisionForm(), 200)


@require_POST
@for_officers
def erase(request: OfficerRequest, pk: UUID) -> HttpResponse:
    person, form = _staff(request, pk), DecisionForm(request.POST)
    name = str(person)
    status = perform(form, erase_person, person, actor=request.user, text_as="reason")
    done = _("%(person)s is erased.") % {"person": name}
    return settled(request, status, done, "dashboard:people", lambda: _erasure(request, person, form, status))


def _erasure(request: OfficerRequest, person: Person, form: DecisionForm, status: int) -> HttpResponse:
    places = founded(person)
    seen = places.filter(project__in=Project.objects.visible_to(request.user).values("pk"))
    context = {
        "person": person,
        "form": form,
        "founded": seen.select_related("project").order_by("-pk"),
        "drafts": places.count() - seen.count(),
    }
    return render(request, "dashboard/records/erasure.html", context, status=status)


@require_safe
@for_officers
def factor(request: OfficerRequest, pk: UUID) -> HttpResponse:
    person = _anybody(request, pk)
    allow(can_reset_second_factor(request.user, person))
    return _factor(request, person, DecisionForm(), 200)


@require_POST
@for_officers
def reset_factor(request: OfficerRequest, pk: UUID) -> HttpResponse:
    person, form = _anybody(request, pk), DecisionForm(request.POST)
    status = perform(form, reset_second_factor, person, actor=request.user, text_as="reason")
    done = _("%(person)s sets up a new second factor at the next sign-in.") % {"person": person}
    return settled(request, status, done, _page(request, person), lambda: _factor(request, person, form, status))


def _factor(request: OfficerRequest, person: Person, form: DecisionForm, status: int) -> HttpResponse:
    context: dict[str, Any] = {"person": person, "has_factor": device_of(person) is not None, "form": form}
    context["back"] = _page(request, person)
    return render(request, "dashboard/records/factor.html", context, status=status)


def _page(request: OfficerRequest, person: Person) -> str:
    """A teacher's record, or the list of the agency where an officer works."""
    if person.kind == PersonKind.STAFF:
        return reverse("dashboard:person", args=[person.pk])
    return back_to("officers", person.officer.agency, request.user.officer.agency)


def _staff(request: OfficerRequest, pk: UUID) -> Person:
    return get_object_or_404(Person.objects.visible_to(request.user), pk=pk, kind=PersonKind.STAFF)


def _anybody(request: OfficerRequest, pk: UUID) -> Person:
    """Teachers whose record the officer sees, and colleagues whom they lead."""
    staff = Person.objects.visible_to(request.user).filter(kind=PersonKind.STAFF)
    colleagues = Officer.objects.visible_to(request.user).serving()
    seen = Q(pk__in=staff.values("pk")) | Q(pk__in=colleagues.values("person"))
    return get_object_or_404(Person.objects.filter(seen).select_related("officer__agency"), pk=pk)
