"""A person's record, and the decisions on a request."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.accounts.models import UNDECIDED, Person, PersonState
from backend.accounts.permissions import can_see_email
from backend.agencies import actions
from backend.agencies.permissions import can_reset_second_factor, can_validate_teacher, is_central
from backend.desk.standing import person_told, projects_of, standing
from backend.moderation.actions.sanctions import lift_suspension
from backend.moderation.models import Sanction
from backend.moderation.permissions import can_lift_suspension
from backend.monitoring.activity import timeline
from backend.monitoring.checks import email_fit, similar_schools
from backend.privacy.permissions import can_erase
from backend.schools.models import MembershipState, School, SchoolMembership
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.decisions import DecisionForm
from dashboard.perform import perform, settled
from dashboard.views.records import notes

EVENTS = 50
RECORD = "person"  # where an officer stays who decided from a record
MEMBERSHIPS = Prefetch(
    "school_memberships",
    SchoolMembership.objects.select_related("school__proposed_by").order_by("-pk"),
    to_attr="places",
)


@require_safe
@for_officers
def record(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _record(request, _person(request, pk), DecisionForm(), 200)


@require_POST
@for_officers
def validate(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, actions.validate_teacher, "reason", _("%(person)s is validated."))


@require_POST
@for_officers
def reject(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, actions.reject_teacher, "reason", _("The request of %(person)s is rejected."))


@require_POST
@for_officers
def request_information(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, actions.request_information, "question", _("%(person)s is asked for information."))


@require_POST
@for_officers
def revoke(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, actions.revoke_teacher, "reason", _("The account of %(person)s is closed."), RECORD)


@require_POST
@for_officers
def restore(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(
        request, pk, actions.restore_teacher, "reason", _("The account of %(person)s is open again."), RECORD
    )


@require_POST
@for_officers
def lift(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, lift_suspension, "reason", _("The suspension of %(person)s is over."), RECORD)


@require_POST
@for_officers
def ambassador(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """Named, or no longer: the button says which."""
    is_named = request.POST.get("is_ambassador") == "yes"
    rule = partial(actions.name_ambassador, is_ambassador=is_named)
    done = _("%(person)s is an ambassador.") if is_named else _("%(person)s is an ambassador no longer.")
    return _decide(request, pk, rule, "reason", done, RECORD)


@require_POST
@for_officers
def note(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return notes.keep(request, _person(request, pk), _record)


@require_safe
@for_officers
def seen(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """How things stand for the person, as they read it themselves; nothing that is theirs alone."""
    viewer, person = request.user, _person(request, pk)
    context = {"person": person, "told": person_told(person), **standing(viewer, person)}
    return render(request, "dashboard/records/seen.html", context)


def _decide(
    request: OfficerRequest, pk: UUID, rule: Callable[..., Any], text_as: str, done: str, after: str = "people"
) -> HttpResponse:
    person = _person(request, pk)
    form = DecisionForm(request.POST)
    status = perform(form, rule, person, actor=request.user, text_as=text_as)
    to = form.way_back(request, reverse(f"dashboard:{after}", args=[pk] if after == RECORD else []))
    done %= {"person": person}
    return settled(request, status, done, to, lambda: _record(request, _person(request, pk), form, status))


def _person(request: OfficerRequest, pk: UUID) -> Person:
    seen = Person.objects.visible_to(request.user).filter(kind="STAFF")
    return get_object_or_404(seen.select_related("school__proposed_by").prefetch_related(MEMBERSHIPS), pk=pk)


def _record(request: OfficerRequest, person: Person, form: DecisionForm, status: int) -> HttpResponse:
    viewer = request.user
    add_checks(viewer, person)
    school = school_of(person)
    is_suspended = person.state == PersonState.SUSPENDED
    suspensions = list(Sanction.objects.suspending().filter(person=person)) if is_suspended else []
    context = {
        "person": person,
        "school": school,
        "similar": similar_schools(school) if school else [],
        "subjects": person.subjects.all(),
        "languages": person.languages.all(),
        "inquiries": person.inquiries.select_related("asked_by"),
        "projects": projects_of(viewer, person=person),
        "happenings": timeline(viewer, person, limit=EVENTS),
        "sees_email": can_see_email(viewer, person),
        "suspensions": [one for one in suspensions if viewer.oversees.covers(one.country_id)],
        "may_lift": bool(suspensions) and can_lift_suspension(viewer, person, suspensions),
        "may_erase": can_erase(viewer, person),
        "may_reset": can_reset_second_factor(viewer, person),
        "way_back": form.way_back(request, ""),
        "note_url": reverse("dashboard:note_person", args=[person.pk]),
        **notes.forms_and_notes(viewer, person, form),
    }
    return render(request, "dashboard/records/person.html", context, status=status)


def add_checks(viewer: Person, person: Any) -> None:
    """What a template asks about a request; no query where memberships are prefetched."""
    school = school_of(person)
    further = any(place.state == MembershipState.PENDING for place in person.places)
    person.school_in_question = school
    person.is_moving = further and person.state not in UNDECIDED
    person.awaits_decision = person.state in UNDECIDED or person.is_moving
    person.email_fit = email_fit(person, school)
    person.may_decide = person.awaits_decision and can_validate_teacher(viewer, person)
    person.may_keep = can_validate_teacher(viewer, person)
    person.must_explain = is_central(viewer)


def school_of(person: Any) -> School | None:
    """The school in question: the one that waits for a check, else the person's own."""
    waiting = [place.school for place in person.places if place.state == MembershipState.PENDING]
    found: School | None = waiting[0] if waiting else person.school
    return found
