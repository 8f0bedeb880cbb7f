"""Words by which a school's people are found."""

from collections.abc import Iterable

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Concat

from backend.accounts.models import Person, PersonKind
from backend.schools.models import School


def tell_people(schools: Iterable[School]) -> None:
    """These schools have other words now, or other people."""
    words = School.objects.filter(pk=OuterRef("school")).values("search_text")[:1]
    staff = Person.objects.filter(school__in=schools, kind=PersonKind.STAFF)
    staff.update(found_by=Concat(F("search_text"), Value(" "), Subquery(words)))
