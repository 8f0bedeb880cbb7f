"""Who takes home and who erases what is known about somebody."""

from backend.accounts.models import Person, PersonKind, PersonState
from backend.agencies.permissions import can_decide_for
from backend.workspaces.models import WorkspaceMembership


def can_export(actor: Person, person: Person) -> bool:
    """Oneself; for pupils, the teachers of their workspace."""
    return actor.pk == person.pk if person.kind != PersonKind.PUPIL else _teaches(actor, person)


def can_erase(actor: Person, person: Person) -> bool:
    """For staff their agency, when they ask for it; for pupils the teachers of their workspace."""
    if person.state == PersonState.ERASED or actor.pk == person.pk:
        return False
    if person.kind == PersonKind.PUPIL:
        return _teaches(actor, person)
    return person.kind == PersonKind.STAFF and can_decide_for(actor, person.country_id)


def _teaches(actor: Person, pupil: Person) -> bool:
    places = WorkspaceMembership.objects.filter(person=pupil).select_related("workspace__project", "person")
    return any(_may_manage(actor, place) for place in places)


def _may_manage(actor: Person, place: WorkspaceMembership) -> bool:
    mine = WorkspaceMembership.objects.present().filter(person=actor, workspace=place.workspace_id).first()
    return mine is not None and mine.is_staff
