"""What a school's people are found by."""

from collections.abc import Iterable

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Concat

from backend.accounts.models import Person, PersonKind
from backend.schools.models import School


def tell_people(schools: Iterable[School]) -> None:
    """These schools have other words or another region now, or other people."""
    words, region = (
        School.objects.filter(pk=OuterRef("school")).values(name)[:1] for name in ("search_text", "region")
    )
    staff = Person.objects.filter(school__in=schools, kind=PersonKind.STAFF)
    staff.update(found_by=Concat(F("search_text"), Value(" "), Subquery(words)), found_in=Subquery(region))
