"""Teachers are found by their own words and their school's, whatever changes either."""

from pathlib import Path
from typing import Any

import pytest

from backend.accounts.actions import update_profile
from backend.accounts.models import Person, PersonKind
from backend.accounts.words import found_at
from backend.agencies.actions import edit_school, merge_schools, reject_school
from backend.partners.search import search_teachers
from backend.privacy.erasing import erase
from backend.schools.actions import choose_school, join_school, leave_school, move_to_country
from backend.schools.models import MembershipState, SchoolState
from backend.schools.register.importing import import_register
from tests.factories.people import SchoolFactory, newcomer, officer, teacher

pytestmark = pytest.mark.django_db
HEADING = "official_number,name,town,postal_code,department,region,country"


def found(words: str) -> set[Person]:
    searcher = teacher("PL")
    return set(search_teachers(searcher, words=words))


@pytest.fixture
def colleague() -> Any:
    person = teacher(school=SchoolFactory(name="Collège des Lilas", town="Nantes", official_number="0010001W"))
    yield person
    for each in Person.objects.filter(kind=PersonKind.STAFF).select_related("school"):
        assert {"found_by": each.found_by, "found_in": each.found_in} == found_at(each.school, each.search_text)


def test_by_own_words_and_the_schools(colleague: Person) -> None:
    update_profile(colleague, actor=colleague, presentation="Rivers and music")
    assert found("rivers lilas") == found("music nantes") == {colleague}
    assert found("rivers lyon") == set()


def test_after_another_school_was_chosen(colleague: Person) -> None:
    other = SchoolFactory(name="Lycée Jean Moulin", town="Lyon")
    join_school(other, actor=colleague)
    colleague.school_memberships.filter(school=other).update(state=MembershipState.VALIDATED)
    choose_school(other, actor=colleague)
    assert (found("moulin"), found("lilas")) == ({colleague}, set())


def test_after_the_school_was_left(colleague: Person) -> None:
    other = SchoolFactory(name="Lycée Jean Moulin", town="Lyon")
    join_school(other, actor=colleague)
    colleague.school_memberships.filter(school=other).update(state=MembershipState.VALIDATED)
    assert colleague.school
    leave_school(colleague.school, actor=colleague)
    assert (found("moulin"), found("lilas")) == ({colleague}, set())


def test_after_the_country_was_left(colleague: Person) -> None:
    moved = move_to_country(actor=colleague, country="PT")
    assert (moved.found_by, moved.found_in) == (moved.search_text, "")


def test_after_the_school_was_corrected(colleague: Person) -> None:
    assert colleague.school
    edit_school(colleague.school, actor=officer("FR"), name="Collège des Roses", reason="It has another name now.")
    assert (found("roses"), found("lilas")) == ({colleague}, set())
    edit_school(colleague.school, actor=officer("FR"), region="Bretagne", reason="The region was wrong.")
    assert set(search_teachers(teacher("PL"), region="Bretagne")) == {colleague}


def test_after_schools_were_merged(colleague: Person) -> None:
    into = SchoolFactory(name="Collège Victor Hugo", town="Nantes")
    assert colleague.school
    merge_schools(colleague.school, actor=officer("FR"), into=into, reason="They are one.")
    assert (found("hugo"), found("lilas")) == ({colleague}, set())


def test_after_the_register_was_read(colleague: Person, tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text(f"{HEADING}\n0010001W,COLLÈGE DES TULIPES,Ambérieu-en-Bugey,01505,Ain,Auvergne-Rhône-Alpes,FR")
    import_register(path, country="FR")
    assert (found("tulipes"), found("lilas")) == ({colleague}, set())


def test_who_was_turned_away_or_erased_has_no_schools_words(colleague: Person) -> None:
    proposed = SchoolFactory(name="École du Port", state=SchoolState.PROPOSED)
    waiting = newcomer(school=proposed)
    reject_school(proposed, actor=officer("FR"), reason="There is no such school.")
    waiting.refresh_from_db()
    assert (waiting.school, "port" in waiting.found_by) == (None, False)
    erase(colleague)
    colleague.refresh_from_db()
    assert colleague.found_by == ""
