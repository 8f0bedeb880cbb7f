"""Whom a message reaches: validated teachers of the own country who want messages, as far as the filters say."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q

from backend.accounts.models import Person, PersonKind, PersonQuerySet, PersonState, StaffRole
from backend.agencies.models import Agency
from backend.core import fields
from backend.mailings.models import LetterState, MailingConsent, MailingLetter
from backend.projects.models import ProjectMember, ProjectMemberState, ProjectState
from backend.schools.models import SchoolType
from backend.vocabulary.models import Language, Subject

PROJECTS = ("NONE", "OPEN")  # never in one; in an open one now
EXACT = {"role": "role", "region": "school__region", "school_type": "school__type"}
CRITERIA = (*EXACT, "subject", "language", "projects", "ambassadors")


def checked_criteria(given: Mapping[str, Any]) -> dict[str, Any]:
    """The filters that say something; refuses codes that nobody knows."""
    assert set(given) <= set(CRITERIA), f"no such filters: {sorted(set(given) - set(CRITERIA))}"
    criteria = {name: value for name, value in given.items() if value}
    known = {
        "role": StaffRole.values, "school_type": SchoolType.values, "projects": PROJECTS,
        "subject": Subject.objects.values_list("pk", flat=True) if "subject" in criteria else (),
        "language": Language.objects.values_list("pk", flat=True) if "language" in criteria else (),
    }  # fmt: skip
    for name, codes in known.items():
        fields.check_codes(name, [criteria[name]] if name in criteria else [], codes)
    fields.limit(120, region=criteria.get("region", ""))
    return criteria


def audience(agency: Agency, criteria: Mapping[str, Any]) -> PersonQuerySet:
    """Those whose address has not failed before and who have said that they want such messages."""
    wants = MailingConsent.objects.filter(person=OuterRef("pk"), withdrawn_at=None)
    bounced = MailingLetter.objects.filter(address=OuterRef("email"), state=LetterState.BOUNCED)
    found = Person.objects.filter(
        Exists(wants), ~Exists(bounced), country=agency.country_id, kind=PersonKind.STAFF, state=PersonState.VALIDATED
    )
    found = found.filter(**{path: criteria[name] for name, path in EXACT.items() if criteria.get(name)})
    for name in ("subject", "language"):
        if criteria.get(name):
            links = getattr(Person, f"{name}s").through.objects.filter(**{name: criteria[name]})
            found = found.filter(pk__in=links.values("person"))
    if criteria.get("ambassadors"):
        found = found.filter(is_ambassador=True)
    return found.filter(_by_projects(str(criteria.get("projects", ""))))


def _by_projects(projects: str) -> Q:
    joined = ProjectMember.objects.filter(person=OuterRef("pk"), state=ProjectMemberState.JOINED)
    if projects == "NONE":
        return ~Q(Exists(joined))
    if projects == "OPEN":
        return Q(Exists(joined.filter(project__state=ProjectState.OPEN)))
    return Q()
