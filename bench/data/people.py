"""Schools, staff and officers."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from backend.accounts.models import Person, PersonKind, PersonState, StaffRole
from backend.accounts.permissions import CONSENT_VERSION
from backend.agencies.models import Agency, Officer, OfficerRole
from backend.core.text import fold
from backend.schools.models import MembershipState, School, SchoolMembership, SchoolState, SchoolType
from backend.vocabulary.codes import Subject
from bench.data.scale import COUNTRIES, NOW, Scale

PASSWORD = "bench-bench-bench"  # noqa: S105 (nobody's)
NAMES = json.loads((COUNTRIES.parent / "names.json").read_text())
WORDS = [
    "rivers",
    "bridges",
    "theatre",
    "robots",
    "stories",
    "recipes",
    "music",
    "forests",
    "harbours",
    "stars",
    "games",
    "letters",
    "climate",
    "history",
    "maths",
    "art",
    "poems",
    "maps",
    "gardens",
    "energy",
    "water",
    "migration",
    "peace",
    "sport",
    "films",
    "radio",
    "books",
    "legends",
    "bees",
    "mountains",
]
KINDS_OF_SCHOOL = ("Lycée", "Gymnasium", "Primary School", "Colegio", "Istituto", "Skole", "Liceum", "Escola", "Lyceum")
Rows = Iterator[dict[str, Any]]


def tables(scale: Scale) -> Iterator[tuple[Any, Rows, int]]:
    yield School, schools(scale), scale.schools
    yield Person, staff(scale), scale.staff
    yield SchoolMembership, memberships(scale), scale.staff
    yield Person.languages.through, links(scale, "language_id", scale.chance, _languages), scale.staff * 2
    yield Person.subjects.through, links(scale, "subject_id", scale.chance, _subjects), scale.staff * 2


def schools(scale: Scale) -> Rows:
    draw, types, known = scale.chance.random, list(SchoolType), set(scale.school_of_person)
    for n in range(scale.schools):
        word, town = WORDS[int(draw() * len(WORDS))].capitalize(), f"Town {int(draw() * scale.schools / 12)}"
        name = f"{KINDS_OF_SCHOOL[int(draw() * len(KINDS_OF_SCHOOL))]} {word} {n}"
        state = SchoolState.VALIDATED if n in known or draw() < 0.95 else SchoolState.PROPOSED
        low, words = 3 + int(draw() * 12), fold(f"{name} {town}")
        scale.words_of_school.append(words)
        yield {
            "id": scale.key("school", n), "created_at": scale.moment("school", n), "name": name, "town": town,
            "official_number": f"B{n:07}", "country_id": scale.countries[scale.country_of_school[n]],
            "region": region_of(n), "type": types[int(draw() * len(types))].value, "state": state.value,
            "state_since": scale.moment("school", n), "pupil_count": 60 + int(draw() * 1_100), "ages_from": low,
            "ages_to": low + 4, "search_text": words,
            "due_at": NOW + timedelta(days=draw() * 10 - 5) if state == SchoolState.PROPOSED else None,
        }  # fmt: skip


def region_of(school: int) -> str:
    return f"Region {school % 18}"


def staff(scale: Scale) -> Rows:
    """Nearly all validated; some wait, more than 300 of them in the largest country."""
    draw, password, roles = scale.chance.random, make_password(PASSWORD), list(StaffRole)
    languages = {code: NAMES[country["names"][0]] for code, country in json.loads(COUNTRIES.read_text()).items()}
    given = {code: (names["women"] + " " + names["men"]).split() for code, names in languages.items()}
    families = {code: names["families"].replace("/", " ").split() for code, names in languages.items()}
    for n in range(scale.staff):
        code, at, low, chance = scale.country_of_person(n), scale.moment("person", n), 3 + int(draw() * 12), draw()
        waits = chance > 0.998 and n > scale.staff // 2
        name, family = given[code][int(draw() * len(given[code]))], families[code][int(draw() * len(families[code]))]
        likes = f"{WORDS[int(draw() * len(WORDS))]} and {WORDS[int(draw() * len(WORDS))]}"
        presentation = f"I teach at a school in my town and would like to work on {likes} with another class in Europe."
        words = fold(f"{name} {family} {presentation} {likes}")
        yield {
            "id": scale.key("person", n), "created_at": at, "login": f"p{n}@bench.example",
            "email": f"p{n}@bench.example", "kind": PersonKind.STAFF.value, "password": password,
            "state": (PersonState.PENDING if waits else PersonState.VALIDATED).value, "state_since": at,
            "due_at": NOW + timedelta(days=draw() * 12 - 6) if waits else None, "given_name": name,
            "family_name": family, "role": roles[int(draw() ** 3 * len(roles))].value, "country_id": code,
            "school_id": scale.key("school", scale.school_of_person[n]), "ages_from": low, "ages_to": low + 4,
            "presentation": presentation, "interests": likes, "is_available": draw() < 0.3, "is_ambassador": draw() < 0.002,
            "consent_version": CONSENT_VERSION, "last_active": NOW - timedelta(days=draw() ** 2 * 900),
            "search_text": words, "found_by": f"{words} {scale.words_of_school[scale.school_of_person[n]]}",
            "found_in": region_of(scale.school_of_person[n]),
        }  # fmt: skip


def memberships(scale: Scale) -> Rows:
    for n in range(scale.staff):
        yield {
            "id": scale.key("member", n + 10_000_000), "created_at": scale.moment("person", n),
            "person_id": scale.key("person", n), "school_id": scale.key("school", scale.school_of_person[n]),
            "state": MembershipState.VALIDATED.value,
        }  # fmt: skip


def links(scale: Scale, column: str, chance: Any, choose: Any) -> Rows:
    for n in range(scale.staff):
        key = scale.key("person", n)
        for code in choose(scale, n, chance.random):
            yield {"person_id": key, column: code}


def _languages(scale: Scale, n: int, draw: Any) -> set[str]:
    own = LANGUAGES[scale.country_of_person(n)]
    return {own, "en"} if draw() < 0.7 else {own}


def _subjects(scale: Scale, n: int, draw: Any) -> set[str]:
    return {SUBJECTS[int(draw() ** 2 * len(SUBJECTS))], SUBJECTS[int(draw() ** 2 * len(SUBJECTS))]}


LANGUAGES = {code: country["languages"][0] for code, country in json.loads(COUNTRIES.read_text()).items()}
SUBJECTS = [subject.value for subject in Subject]


def appoint_officers(scale: Scale) -> None:
    """A lead and two officers a country, and at the central service."""
    password = make_password(PASSWORD)
    for agency in Agency.objects.all():
        place = (agency.country_id or "central").lower()
        for number, role in enumerate((OfficerRole.LEAD, OfficerRole.OFFICER, OfficerRole.OFFICER)):
            login = f"officer{number}.{place}@bench.example"
            person = Person.objects.create(
                login=login, email=login, kind=PersonKind.OFFICER, state=PersonState.VALIDATED, password=password,
                given_name=f"Officer {number}", family_name=place.upper(), country_id=agency.country_id,
                consent_version=CONSENT_VERSION,
            )  # fmt: skip
            Officer.objects.create(person=person, agency=agency, role=role)
