"""The same school, spelled differently, is found; its neighbour is not."""

from importlib import import_module

import pytest
from django.apps import apps

from backend.agencies.actions import edit_school
from backend.schools import search
from backend.schools.actions import register_school
from backend.schools.models import School, SchoolState
from backend.schools.search import duplicates_of, possible_duplicates, search_schools
from tests.factories.people import PersonFactory, SchoolFactory, officer, teacher

pytestmark = pytest.mark.django_db


def test_possible_duplicates() -> None:
    same = SchoolFactory(name="Lycée Jean-Moulin", town="Béziers", country_id="FR")
    numbered = SchoolFactory(name="Quite another name", town="Paris", official_number="0340001A", country_id="FR")
    SchoolFactory(name="Lycée Henri IV", town="Béziers", country_id="FR")
    SchoolFactory(name="Lycée Jean Moulin", town="Lyon", country_id="FR")
    SchoolFactory(name="Lycée Jean Moulin", town="Béziers", country_id="BE")
    SchoolFactory(name="Lycée Jean Moulin", town="Béziers", country_id="FR", state=SchoolState.REJECTED)
    found = possible_duplicates(name="LYCEE JEAN MOULIN", town="BEZIERS", country="FR", official_number="0340001A")
    assert [(one.school, one.reasons) for one in found] == [(numbered, ("SAME_NUMBER",)), (same, ("SIMILAR_NAME",))]


def test_a_record_may_be_a_duplicate_for_two_reasons() -> None:
    known = SchoolFactory(name="Lycée Jean-Moulin", town="Béziers", official_number="1", state=SchoolState.PROPOSED)
    school = SchoolFactory(name="Lycee Jean Moulin", town="Béziers", official_number="", country_id="FR")
    (found,) = duplicates_of(school)
    assert (found.school, found.reasons) == (known, ("SIMILAR_NAME",))
    (found,) = possible_duplicates(
        name=school.name, town="BEZIERS", country="FR", official_number="1", apart_from=school
    )
    assert found.reasons == ("SAME_NUMBER", "SIMILAR_NAME")
    closed = SchoolFactory(name="Lycée Jean-Moulin", town="Béziers", state=SchoolState.CLOSED)
    assert duplicates_of(closed) == []


def test_search_finds_every_word_without_accents() -> None:
    wanted = SchoolFactory(name="Lycée Jean-Moulin", town="Béziers")
    SchoolFactory(name="Lycée Henri IV", town="Béziers")
    assert list(search_schools(School.objects.all(), words="beziers MOULIN", country="FR")) == [wanted]


def test_search_finds_the_public_name_too() -> None:
    person = PersonFactory(state="PENDING")
    proposed = register_school(actor=person, name="Collège 17", town="Lyon", public_name="Les Chênes")
    assert proposed.search_text == "college 17 les chenes lyon"
    assert list(search_schools(School.objects.all(), words="chenes")) == [proposed]
    changed = edit_school(proposed, actor=officer("FR"), public_name="COLLEGE 17")
    assert changed.search_text == "college 17 lyon"


def test_a_proposed_school_is_not_public() -> None:
    owner = teacher("FR")
    proposed = SchoolFactory(state=SchoolState.PROPOSED, proposed_by=owner)
    readers = {"visitor": None, "owner": owner, "teacher": teacher("FR"), "FR": officer("FR"), "PL": officer("PL")}
    seen = {name for name, r in readers.items() if School.objects.visible_to(r).filter(pk=proposed.pk).exists()}
    assert seen == {"owner", "FR"}


def test_a_big_town_does_not_hide_the_duplicate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "LOOKED_AT", 2)
    for number in range(6):
        SchoolFactory(name=f"Lycée {number}", town="Paris")
    known = SchoolFactory(name="Lycée Jean-Moulin", town="Paris")
    numbered = SchoolFactory(name="Another name", town="Nice", official_number="7")
    found = possible_duplicates(name="Jean Moulin", town="Paris", country="FR", official_number="7")
    assert [one.school for one in found] == [numbered, known]


def test_schools_that_were_there_before_are_found_by_public_names_too(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [SchoolFactory(name=f"Collège {n}", town="Lyon", public_name="Chênes" if n != 3 else "") for n in range(5)]
    School.objects.update(search_text="before")
    migration = import_module("backend.schools.migrations.0007_public_names_searched")
    monkeypatch.setattr(migration, "BATCH", 2)
    migration.find_by_public_name(apps, None)
    texts = dict(School.objects.values_list("pk", "search_text"))
    assert [texts[school.pk] for school in made] == [
        "college 0 chenes lyon", "college 1 chenes lyon", "college 2 chenes lyon", "before", "college 4 chenes lyon",
    ]  # fmt: skip
