"""The same school, spelled differently, is found; its neighbour is not."""

import pytest

from backend.schools.models import School, SchoolState
from backend.schools.search import possible_duplicates, search_schools
from tests.factories.people import SchoolFactory, officer, teacher

pytestmark = pytest.mark.django_db


def test_possible_duplicates() -> None:
    same = SchoolFactory(name="Lycée Jean-Moulin", town="Béziers", country_id="FR")
    numbered = SchoolFactory(name="Quite another name", town="Paris", official_number="0340001A", country_id="FR")
    SchoolFactory(name="Lycée Henri IV", town="Béziers", country_id="FR")
    SchoolFactory(name="Lycée Jean Moulin", town="Lyon", country_id="FR")
    SchoolFactory(name="Lycée Jean Moulin", town="Béziers", country_id="BE")
    SchoolFactory(name="Lycée Jean Moulin", town="Béziers", country_id="FR", state=SchoolState.REJECTED)
    found = possible_duplicates(name="LYCEE JEAN MOULIN", town="BEZIERS", country="FR", official_number="0340001A")
    assert found == [numbered, same]


def test_search_finds_every_word_without_accents() -> None:
    wanted = SchoolFactory(name="Lycée Jean-Moulin", town="Béziers")
    SchoolFactory(name="Lycée Henri IV", town="Béziers")
    assert list(search_schools(School.objects.all(), words="beziers MOULIN", country="FR")) == [wanted]


def test_a_proposed_school_is_not_public() -> None:
    owner = teacher("FR")
    proposed = SchoolFactory(state=SchoolState.PROPOSED, proposed_by=owner)
    readers = {"visitor": None, "owner": owner, "teacher": teacher("FR"), "FR": officer("FR"), "PL": officer("PL")}
    seen = {name for name, r in readers.items() if School.objects.visible_to(r).filter(pk=proposed.pk).exists()}
    assert seen == {"owner", "FR"}
