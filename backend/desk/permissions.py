"""Who may take and give cases, remind another office, remove a saved view, and write notes."""

from backend.accounts.models import Person
from backend.agencies.models import OfficerRole
from backend.agencies.permissions import DECIDING_PLACES, appointment, can_decide_for
from backend.desk.models import Note, SavedView
from backend.projects.models import Decision, Project
from backend.projects.permissions import can_decide_project
from backend.schools.models import School


def can_take_cases(actor: Person) -> bool:
    """Whoever decides anything; viewers only read."""
    officer = appointment(actor)
    return officer is not None and officer.role in DECIDING_PLACES


def can_nudge_agency(actor: Person, decision: Decision) -> bool:
    """The office of the other founder country, and the central service."""
    others = [country for country in decision.project.founder_countries if country != decision.country_id]
    return any(can_decide_project(actor, decision.project, country) for country in others)


def can_remove_view(actor: Person, view: SavedView) -> bool:
    """Whoever saved it; a lead what the own agency shares."""
    officer = appointment(actor)
    leads = officer is not None and officer.role == OfficerRole.LEAD and officer.agency_id == view.agency_id
    return view.owner_id == actor.pk or (leads and view.is_shared)


def can_write_note(actor: Person, subject: Person | School | Project) -> bool:
    """Whoever decides about such a thing: of a project the offices of all countries in it."""
    if isinstance(subject, Project):
        return any(can_decide_for(actor, member.country_id, member.school) for member in subject.members.all())
    return can_decide_for(actor, subject.country_id, subject)


def can_remove_note(actor: Person, note: Note) -> bool:
    """Whoever wrote it, and the leads of the office."""
    officer = appointment(actor)
    leads = officer is not None and officer.role == OfficerRole.LEAD and officer.agency_id == note.agency_id
    return officer is not None and (note.author_id == actor.pk or leads)
