"""Two records of one school become one: everything moves to the record that survives, and nothing is lost."""

from collections.abc import Iterator
from typing import Any

from django.db.models import ForeignObjectRel

from backend.accounts.models import Person, PersonState
from backend.core.models import change
from backend.schools.models import PRESENT, MembershipState, School
from backend.schools.words import tell_people

# What the survivor does not know yet it learns; what stands on one line belongs together.
GAPS = (
    ("official_number",), ("address",), ("postal_code",), ("region",), ("other_region",), ("web_site",),
    ("presentation",), ("pupil_count",), ("ages_from", "ages_to"), ("latitude", "longitude"),
    ("principal_name", "principal_email"),
)  # fmt: skip
MISSING = ("", None)


def references() -> Iterator[ForeignObjectRel]:
    """Every foreign key to School, of whatever area: each of them moves."""
    for relation in School._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and not relation.many_to_many:
            yield relation


def move_everything(school: School, into: School) -> None:
    """Whatever points at the one points at the other. The merged school's own number must be free by now."""
    _collapse_memberships(school, into)
    for relation in references():
        rows: Any = relation.related_model
        rows._base_manager.filter(**{relation.field.name: school}).update(**{relation.field.name: into})
    _fill_gaps(school, into)
    tell_people([into])


def _collapse_memberships(school: School, into: School) -> None:
    """Who is at both schools keeps one place, in the better state."""
    kept = {place.person_id: place for place in into.memberships.filter(state__in=PRESENT)}
    for double in school.memberships.filter(state__in=PRESENT, person__in=kept):
        if double.state == MembershipState.VALIDATED:
            change(kept[double.person_id], state=MembershipState.VALIDATED)
        double.delete()
    settled = Person.objects.filter(pk__in=kept, state=PersonState.VALIDATED)
    settled.exclude(school_memberships__state=MembershipState.PENDING).update(due_at=None)


def _fill_gaps(school: School, into: School) -> None:
    change(into, principal_told_at=into.principal_told_at or school.principal_told_at)
    values: dict[str, Any] = {}
    for group in GAPS:
        if all(getattr(into, name) in MISSING for name in group):
            values |= {name: getattr(school, name) for name in group}
    if change(into, **values):
        change(into, version=into.version + 1)
