"""How things stand for a person, as they read it themselves: what an office may see of it, and nothing that is private."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person, PersonState
from backend.labels.models import LabelApplication
from backend.moderation.models import HelpRequest, Sanction
from backend.projects.models import Project, ProjectMember, ProjectMemberState

SHOWN = 20
TOLD: dict[str, str | Promise] = {
    PersonState.EMAIL_UNCONFIRMED: _("A letter asks them to confirm the e-mail address. Until then they cannot go on."),
    PersonState.PENDING: _("The agency is looking at the request. They can fill in the profile, and wait."),
    PersonState.INFORMATION_REQUESTED: _("The agency has a question. They can answer it, and wait."),
    PersonState.VALIDATED: _("Everything is open: finding partners, projects, workspaces, labels."),
    PersonState.REJECTED: _("The request was rejected. They read the reason and may ask again."),
    PersonState.SUSPENDED: _("The account is suspended. A letter told them the reason and how to appeal."),
    PersonState.REVOKED: _("The account is closed, since they left the school. A letter told them the reason."),
    PersonState.BANNED: _("The account is banned. A letter told them the reason and how to appeal."),
    PersonState.ERASED: _("The person is erased."),
}


def person_told(person: Person) -> str | Promise:
    """What the state of the account means for them."""
    return TOLD[person.state]


def projects_of(officer: Person, **whose: Any) -> QuerySet[Project]:
    """In which a person or a school is, as far as this officer may see them; newest first."""
    present = ProjectMember.objects.filter(state=ProjectMemberState.JOINED, **whose)
    return Project.objects.visible_to(officer).filter(pk__in=present.values("project")).order_by("-pk")[:SHOWN]


def standing(officer: Person, person: Person) -> dict[str, Any]:
    """Each list as far as this officer may see it."""
    present = ProjectMember.objects.filter(person=person, state=ProjectMemberState.JOINED)
    places = present.filter(project__in=Project.objects.visible_to(officer).values("pk")).select_related("project")
    labels = LabelApplication.objects.visible_to(officer).filter(applicant=person).select_related("project")
    return {
        "inquiries": person.inquiries.order_by("-pk")[:SHOWN],
        "places": places.order_by("-pk")[:SHOWN],
        "labels": labels.order_by("-pk")[:SHOWN],
        "questions": HelpRequest.objects.visible_to(officer).filter(asker=person).order_by("-pk")[:SHOWN],
        "sanctions": Sanction.objects.visible_to(officer).filter(person=person).order_by("-pk")[:SHOWN],
    }
