"""People, schools and officers for tests."""

from typing import Any

import factory
from django_otp.plugins.otp_totp.models import TOTPDevice
from factory.django import DjangoModelFactory

from backend.accounts.models import Person, PersonKind, PersonState
from backend.accounts.permissions import CONSENT_VERSION
from backend.accounts.words import found_at
from backend.agencies.models import Agency, Officer, OfficerRole
from backend.core.text import fold
from backend.schools.models import MembershipState, School, SchoolMembership, SchoolState, search_text_of

PASSWORD = "correct-horse-battery"
# Argon2id of PASSWORD: one hash for all, so that tests do not spend their time hashing.
_hash: list[str] = []


def password_hash() -> str:
    from django.contrib.auth.hashers import make_password

    if not _hash:
        _hash.append(make_password(PASSWORD))
    return _hash[0]


class SchoolFactory(DjangoModelFactory[School]):
    class Meta:
        model = School

    name = factory.Sequence(lambda n: f"School {n}")
    town = factory.Sequence(lambda n: f"Town {n}")
    public_name = ""
    country_id = "FR"
    state = SchoolState.VALIDATED
    search_text = factory.LazyAttribute(lambda s: search_text_of(s.name, s.town, s.public_name))


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    class Params:
        number = factory.Sequence(lambda n: n)

    given_name = factory.LazyAttribute(lambda p: f"Given{p.number}")
    family_name = factory.LazyAttribute(lambda p: f"Family{p.number}")
    email = factory.LazyAttribute(lambda p: f"person{p.number}@example.org")
    login = factory.LazyAttribute(lambda p: p.email)
    password = factory.LazyFunction(password_hash)
    country_id = "FR"
    consent_version = CONSENT_VERSION
    search_text = factory.LazyAttribute(
        lambda p: fold(f"{p.given_name} {p.family_name} {getattr(p, 'presentation', '')}")
    )
    found_by = factory.LazyAttribute(lambda p: found_at(getattr(p, "school", None), p.search_text)["found_by"])
    found_in = factory.LazyAttribute(lambda p: found_at(getattr(p, "school", None), p.search_text)["found_in"])


def teacher(country: str = "FR", **values: Any) -> Person:
    """A validated, available teacher of a validated school."""
    school = values.pop("school", None) or SchoolFactory(country_id=country)
    values = {"state": PersonState.VALIDATED, "is_available": True, **values}
    person: Person = PersonFactory(country_id=country, school=school, **values)
    SchoolMembership.objects.create(person=person, school=school, state=MembershipState.VALIDATED)
    return person


def newcomer(country: str = "FR", *, school: School | None = None, **values: Any) -> Person:
    """A teacher whose e-mail is confirmed and who waits for validation at a validated school."""
    school = school or SchoolFactory(country_id=country)
    person: Person = PersonFactory(country_id=country, school=school, **{"state": PersonState.PENDING, **values})
    SchoolMembership.objects.create(person=person, school=school)
    return person


def officer(
    country: str | None = "FR", role: str = OfficerRole.OFFICER, *, second_factor: bool = True, **values: Any
) -> Person:
    """Somebody of a country's agency; of the central service without a country."""
    values = {"kind": PersonKind.OFFICER, "state": PersonState.VALIDATED, "country_id": country, **values}
    person: Person = PersonFactory(**values)
    Officer.objects.create(person=person, agency=Agency.objects.get(country=country), role=role)
    if second_factor:
        TOTPDevice.objects.create(user=person)
    return person


def central(**values: Any) -> Person:
    return officer(None, **values)
