"""Officers of every agency, and about four thousand staff from registration to the agency's decision."""

from base64 import b32decode
from datetime import datetime, timedelta
from typing import Any

from django_otp.plugins.otp_totp.models import TOTPDevice

from backend.accounts.events import (
    EmailConfirmed,
    InformationAnswered,
    InformationRequested,
    PersonRegistered,
    PersonRejected,
    PersonValidated,
)
from backend.accounts.models import Inquiry, Person, PersonKind, PersonState, StaffRole
from backend.accounts.permissions import CONSENT_VERSION
from backend.accounts.words import search_text_of
from backend.agencies.models import DECIDING, Agency, Officer, OfficerRole
from backend.config.demo.europe.schools import TARGET, build_proposal
from backend.config.demo.ground.texts import lands, names, phrases
from backend.config.demo.ground.world import SECRET, World
from backend.core import clock
from backend.core.text import fold
from backend.schools.events import SchoolJoined, SchoolRegistered, SchoolRejected, SchoolValidated
from backend.schools.models import MembershipState, School, SchoolMembership, SchoolState
from backend.vocabulary.codes import Subject

STAFF = 4_000
SOON = (0.002, 0.02)  # days
FIRST = (1_100.0, 1_190.0)  # days ago: whoever proposed the school
ROLES = [StaffRole.TEACHER] * 12 + [
    StaffRole.HEAD_TEACHER, StaffRole.LIBRARIAN, StaffRole.OTHER_STAFF, StaffRole.STUDENT_TEACHER,
]  # fmt: skip
PLAIN = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "þ": "th", "ð": "d", "\u0131": "i", "ə": "e"})
FATES = {
    "validated": 86, "pending": 6, "proposing": 2, "school_rejected": 0.3, "undecided_school": 1,
    "asked": 2, "rejected": 2, "unconfirmed": 1,
}  # fmt: skip


def build_officers(world: World) -> None:
    """A viewer, an officer and a lead for every agency; one officer of the central service. All use one secret."""
    for agency in Agency.objects.order_by("country"):
        country = agency.country_id
        roles = [OfficerRole.VIEWER, *DECIDING] if country else [OfficerRole.OFFICER]
        for role in roles:
            login = f"{role.lower()}.{country.lower()}" if country else "central"
            person = new_person(
                world, country or "BE", world.ago(1_250, 1_300), login=f"{login}@agency.example",
                kind=PersonKind.OFFICER, state=PersonState.VALIDATED, role=StaffRole.TEACHER,
            )  # fmt: skip
            person.country_id = country
            world.add(Officer(**world.dated(person.created_at), person=person, agency=agency, role=role))
            world.add(
                TOTPDevice(user=person, key=b32decode(SECRET.replace(" ", "")).hex(), created_at=person.created_at)
            )
            if country and role != OfficerRole.VIEWER:
                world.officers.setdefault(country, []).append(person)


def build_staff(world: World) -> None:
    """The first teacher of a school proposed it; the others joined later, with every possible fate."""
    all_weight = sum(land.weight for land in lands().values())
    for country, land in lands().items():
        schools = world.schools[country]
        for school in schools:
            founder = new_teacher(world, country, world.ago(*FIRST))
            validate(world, founder, school, proposes=not school.proposed_by and country != "FR")
        more = max(4, world.count(STAFF * land.weight // all_weight) - len(schools))
        for fate in world.chance.choices(list(FATES), list(FATES.values()), k=more):
            BUILD[fate](world, country, world.pick(schools))


def new_person(world: World, country: str, when: datetime, *, login: str = "", **values: Any) -> Person:
    land = lands()[country]
    group = names(world.pick(land.names))
    is_woman = world.happens(0.6)
    given, family = world.pick(group.women if is_woman else group.men), world.pick(group.families)[is_woman]
    values = {"given_name": given, "family_name": family, **values}
    login = login or _free_login(world, country, values["given_name"], values["family_name"])
    person = Person(
        **world.dated(when), login=login, email=login, password=world.password, country_id=country,
        language=land.languages[0], time_zone=land.towns[0].time_zone, state_since=when,
        consent_version=CONSENT_VERSION, consented_at=when, **values,
    )  # fmt: skip
    person.search_text = search_text_of(person)
    world.add(person)
    return person


def _free_login(world: World, country: str, given: str, family: str) -> str:
    plain = fold(f"{given} {family}").translate(PLAIN).replace(" ", ".")
    world.logins[plain, country] += 1
    number = world.logins[plain, country]
    return f"{plain}{number if number > 1 else ''}@{country.lower()}.example"


def new_teacher(world: World, country: str, when: datetime, **values: Any) -> Person:
    """Registered, address not confirmed yet."""
    values.setdefault("role", world.pick(ROLES))
    person = new_person(world, country, when, **values)
    world.tell(PersonRegistered(person), person, when)
    return person


def confirm(world: World, person: Person) -> datetime:
    """The address is confirmed; the days count."""
    at = world.after(person.created_at, 0.003, 0.1)
    wait(person, PersonState.PENDING, at)
    world.tell(EmailConfirmed(person), person, at)
    return at


def wait(person: Person, state: str, at: datetime) -> None:
    person.state, person.state_since, person.due_at = state, at, clock.after_working_days(at, TARGET)
    person.updated_at = at


def join(world: World, person: Person, school: School, at: datetime, *, proposes: bool = False) -> SchoolMembership:
    person.school = school
    membership = SchoolMembership(**world.dated(at), person=person, school=school)
    world.add(membership)
    if proposes:
        school.proposed_by = person
        world.tell(SchoolRegistered(school), person, at)
    world.tell(SchoolJoined(school), person, at)
    return membership


def validate(
    world: World, person: Person, school: School, *, proposes: bool = False, at: datetime | None = None
) -> Person:
    """The whole way to a validated account."""
    officer = world.pick(world.officers[school.country_id])
    joined = world.after(confirm(world, person), *SOON)
    membership = join(world, person, school, joined, proposes=proposes)
    decided = at or world.after(joined, 0.3, 7)
    if proposes:
        school.created_at, school.state_since, school.updated_at = joined, decided, decided
        world.tell(SchoolValidated(school), officer, decided)
    membership.state, membership.updated_at = MembershipState.VALIDATED, decided
    _settle(person, PersonState.VALIDATED, decided)
    world.tell(PersonValidated(person), officer, decided)
    _describe(world, person, school)
    world.teachers.append(person)
    return person


def _settle(person: Person, state: str, at: datetime, reason: str = "") -> None:
    person.state, person.state_since, person.due_at, person.state_reason = state, at, None, reason
    person.updated_at = at


def _describe(world: World, person: Person, school: School) -> None:
    """What validated people wrote about themselves."""
    subjects = world.some(Subject.values, 1, 3)
    label = str(Subject(subjects[0]).label).lower()
    land = lands()[school.country_id]
    languages = sorted({*land.languages[:1], *world.some(["de", "en", "es", "fr", "it"], 1, 2)})
    person.presentation = world.pick(phrases()["presentations"]).format(subject=label, town=school.town)
    person.interests = world.pick(phrases()["interests"])
    person.ages_from, person.ages_to = school.ages_from, school.ages_to
    person.is_available, person.is_ambassador = world.happens(0.6), world.happens(0.02)
    person.last_active = world.now - timedelta(days=min(world.chance.expovariate(1 / 25), 400))
    person.last_active = max(person.last_active, person.state_since)
    person.search_text = search_text_of(person)
    world.link(person, "subjects", subjects)
    world.link(person, "languages", languages)


def _validated(world: World, country: str, school: School) -> None:
    person = validate(world, new_teacher(world, country, world.ago(8, 1_000)), school)
    others = [other for other in world.schools[country] if other is not school]
    if world.happens(0.015) and others:  # a second school, which the agency has to check
        at = world.ago(0.1, 9)
        home = person.school
        join(world, person, world.pick(others), at)
        person.school, person.due_at = home, clock.after_working_days(at, TARGET)


def _pending(world: World, country: str, school: School) -> Person:
    person = new_teacher(world, country, world.ago(0.05, 10))
    join(world, person, school, world.after(confirm(world, person), *SOON))
    return person


def _proposing(world: World, country: str, school: School) -> None:
    """Waits together with the school it proposed."""
    person = new_teacher(world, country, world.ago(0.1, 12))
    at = world.after(confirm(world, person), *SOON)
    join(world, person, build_proposal(world, school, at), at, proposes=True)


def _school_rejected(world: World, country: str, school: School) -> None:
    """The proposed school was refused; the person has to name another one."""
    person = new_teacher(world, country, world.ago(4, 9))
    at = world.after(confirm(world, person), *SOON)
    proposal = build_proposal(world, school, at)
    membership = join(world, person, proposal, at, proposes=True)
    decided, officer = world.after(at, 0.5, 3), world.pick(world.officers[country])
    proposal.state, proposal.state_since, proposal.updated_at = SchoolState.REJECTED, decided, decided
    proposal.due_at, proposal.state_reason = None, world.pick(phrases()["school_rejections"])
    membership.state, membership.updated_at = MembershipState.REJECTED, decided
    person.school = None
    world.tell(SchoolRejected(proposal), officer, decided)


def _without_school(world: World, country: str, school: School) -> None:
    confirm(world, new_teacher(world, country, world.ago(0.2, 6)))


def _asked(world: World, country: str, school: School) -> None:
    """The agency asked something; half of them answered and wait again."""
    person = new_teacher(world, country, world.ago(3, 15))
    joined = world.after(confirm(world, person), *SOON)
    join(world, person, school, joined)
    officer, at = world.pick(world.officers[country]), world.after(joined, 0.5, 2)
    inquiry = Inquiry(**world.dated(at), person=person, asked_by=officer, question=world.pick(phrases()["questions"]))
    world.add(inquiry)
    wait(person, PersonState.INFORMATION_REQUESTED, at)
    world.tell(InformationRequested(person), officer, at)
    if world.happens(0.5):
        answered = world.after(at, 0.2, 3)
        inquiry.answer, inquiry.answered_at = world.pick(phrases()["answers"]), answered
        wait(person, PersonState.PENDING, answered)
        world.tell(InformationAnswered(person), person, answered)


def _rejected(world: World, country: str, school: School) -> None:
    person = new_teacher(world, country, world.ago(10, 700))
    joined = world.after(confirm(world, person), *SOON)
    membership = join(world, person, school, joined)
    officer, at = world.pick(world.officers[country]), world.after(joined, 0.5, 6)
    membership.state, membership.updated_at = MembershipState.REJECTED, at
    _settle(person, PersonState.REJECTED, at, world.pick(phrases()["rejections"]))
    world.tell(PersonRejected(person), officer, at)


def _unconfirmed(world: World, country: str, school: School) -> None:
    new_teacher(world, country, world.ago(0.1, 40))


BUILD = {
    "validated": _validated, "pending": _pending, "proposing": _proposing,
    "school_rejected": _school_rejected, "undecided_school": _without_school,
    "asked": _asked, "rejected": _rejected, "unconfirmed": _unconfirmed,
}  # fmt: skip
