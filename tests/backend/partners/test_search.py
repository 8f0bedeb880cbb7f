"""Finding people, schools and projects by what they teach, speak and look for."""

from itertools import product
from typing import Any

import pytest

from backend.accounts.models import Person
from backend.partners import search
from backend.partners.search import best_matches, match_reasons, search_teachers
from backend.projects.models import Project
from backend.projects.search import search_projects
from backend.schools.models import School
from backend.schools.search import search_schools
from tests.factories.people import SchoolFactory, newcomer, teacher
from tests.factories.projects import project
from tests.support.api import Api, gid

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("given", "is_found"),
    [({"ages_from": 11}, True), ({"ages_from": 15}, False), ({"ages_to": 11}, True), ({"ages_to": 10}, False),
     ({"ages_from": 3, "ages_to": 20}, True), ({"age": 14}, True), ({"age": 15}, False)],
)  # fmt: skip
def test_people_by_the_ages_they_teach(given: dict[str, int], is_found: bool) -> None:
    wanted = teacher("PL", ages_from=11, ages_to=14)
    teacher("PL")
    assert (wanted in search_teachers(teacher("FR"), **given)) is is_found


def test_without_words_who_fits_best_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    me = teacher("FR", ages_from=11, ages_to=14, school=SchoolFactory(pupil_count=300))
    me.languages.set(["fr", "en"])
    me.subjects.set(["ART"])
    stranger = teacher("PL", is_available=False, ages_from=15, ages_to=18)
    free = teacher("PL", ages_from=15, ages_to=18)
    speaks = teacher("PL", ages_from=14, ages_to=18)
    speaks.languages.set(["pl", "en"])
    twin = teacher("PL", ages_from=11, ages_to=14, school=SchoolFactory(country_id="PL", pupil_count=450))
    twin.languages.set(["en", "fr"])
    twin.subjects.set(["ART", "LAW"])
    late = teacher("PL", is_available=False)
    fit = [twin, speaks, free, late, stranger]
    assert list(best_matches(search_teachers(me), me)) == fit
    reasons = [len(match_reasons(me, one, sizes=(300, one.school and one.school.pupil_count))) for one in fit]
    assert reasons == [5, 3, 1, 0, 0]
    found = Api(me).ask("{ teachers(first: 9) { edges { node { id } } } }")["teachers"]["edges"]
    assert [edge["node"]["id"] for edge in found] == [gid(one) for one in fit]
    monkeypatch.setattr(search, "COMPARED", 4)
    assert list(best_matches(search_teachers(me), me)) == [late, twin, speaks, free, stranger]


@pytest.mark.parametrize(
    ("given", "is_found"),
    [({"age": 7}, True), ({"age": 12}, False), ({"languages": ["pl", "fr"]}, True), ({"languages": ["de"]}, False),
     ({"subjects": ["ART"]}, True), ({"subjects": ["LAW"]}, False), ({"available": True}, True),
     ({"subjects": ["ART"], "languages": ["de"]}, False)],
)  # fmt: skip
def test_schools_by_their_staff(given: dict[str, Any], is_found: bool) -> None:
    school = SchoolFactory(country_id="PL", ages_from=6, ages_to=11)
    person = teacher("PL", school=school)
    person.languages.set(["pl"])
    person.subjects.set(["ART"])
    quiet = SchoolFactory(country_id="PL")
    teacher("PL", school=quiet, is_available=False)
    newcomer("PL", school=quiet, is_available=True)
    found = list(search_schools(School.objects.all(), **given))
    assert ((school in found), (quiet in found)) == (is_found, False)


def test_a_visitor_learns_nothing_of_who_works_at_a_school() -> None:
    person = teacher("PL")
    person.subjects.set(["LAW"])
    document = "{ schools(first: 5, country: PL, subjects: [ART], available: true) { totalCount } }"
    assert Api().ask(document) == {"schools": {"totalCount": 1}}
    assert Api(teacher("FR")).ask(document) == {"schools": {"totalCount": 0}}


@pytest.mark.parametrize(
    ("given", "is_found"),
    [({"words": "sea"}, True), ({"words": "sea desert"}, False), ({"competences": ["DIGITAL"]}, True),
     ({"competences": ["LITERACY"]}, False), ({"region": "Bretagne", "country": "FR"}, True),
     ({"region": "Bretagne", "country": "PL"}, False), ({"school_type": "PRIMARY"}, True),
     ({"school_type": "VOCATIONAL"}, False)],
)  # fmt: skip
def test_projects_by_their_schools_and_words(given: dict[str, Any], is_found: bool) -> None:
    school = SchoolFactory(country_id="FR", region="Bretagne", type="PRIMARY")
    one = project(founders=(teacher("FR", school=school), teacher("PL")), competences=["DIGITAL"])
    assert (one in search_projects(Project.objects.all(), **given)) is is_found


@pytest.mark.parametrize("countries", [[], ["FR"], ["FR", "PL"]])
@pytest.mark.parametrize("region", ["", "North"])
@pytest.mark.parametrize("few", [3, 500])
@pytest.mark.parametrize("words", ["", "rivers", "rivers music", "music harbour", "iver nor", "zzz"])
def test_each_word_stands_in_the_texts_of_somebody_or_in_the_school(
    words: str, few: int, region: str, countries: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "FEW", few)
    me, names, texts = teacher("FR"), ("Rivers School", "Music Harbour", "Norden"), ("", "rivers", "music and rivers")
    for country, region_there, name in product(("FR", "PL"), ("North", "South"), names):
        school = SchoolFactory(country_id=country, region=region_there, name=name)
        for text in texts:
            teacher(country, school=school, presentation=text)
    nowhere = teacher("FR", presentation="rivers of music")
    Person.objects.filter(pk=nowhere.pk).update(school=None)

    def fits(person: Person) -> bool:
        school = person.school or School()
        said = all(word in person.search_text or word in school.search_text for word in words.split())
        return said and region in ("", school.region) and person.country_id in (countries or ("FR", "PL"))

    everybody = Person.objects.exclude(pk=me.pk).select_related("school")
    found = search_teachers(me, words=words, region=region, countries=countries)
    assert set(found) == set(filter(fits, everybody))
