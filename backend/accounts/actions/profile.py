"""Registering, confirming, and keeping the own profile."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from backend.accounts.actions.addresses import take_new_email
from backend.accounts.events import EmailConfirmed, InformationAnswered, PersonRegistered, ProfileUpdated
from backend.accounts.letters import is_of_new_address
from backend.accounts.models import Person, PersonKind, PersonState, StaffRole
from backend.accounts.permissions import CONSENT_VERSION, can_update_profile
from backend.accounts.registration import (
    CONFIRMATION_LIFE,
    banned_login,
    mail_already_registered,
    mail_confirmation,
    person_of_confirmation,
)
from backend.accounts.sign_in import may_write_to
from backend.accounts.words import words_of
from backend.core import clock, fields
from backend.core.guards import allow, ensure, ensure_newest
from backend.core.models import change, set_fields
from backend.core.text import tidy, tidy_lines
from backend.eventlog.record import record


@transaction.atomic
def register_teacher(
    *,
    email: str,
    password: str,
    given_name: str,
    family_name: str,
    country: str,
    consents: bool,
    language: str = "en",
    role: str = StaffRole.TEACHER,
) -> Person | None:
    """A new account, unconfirmed. None when the address has one already: its owner gets a letter instead, a new link
    where the address was never confirmed."""
    given_name, family_name, email = tidy(given_name), tidy(family_name), email.strip().lower()
    fields.require(given_name=given_name, family_name=family_name, email=email)
    fields.limit(80, given_name=given_name, family_name=family_name)
    fields.email_address(email=email)
    ensure(consents, "consent_missing", field="consents")
    fields.check_codes("role", [role], StaffRole.values)
    person = Person(
        login=email.casefold(), email=email, given_name=given_name, family_name=family_name, role=role,
        language=language, country_id=country, consent_version=CONSENT_VERSION, consented_at=clock.now(),
    )  # fmt: skip
    ensure(_country_exists(country), "country_unknown", field="country")
    _check_password(password, person)
    existing = Person.objects.filter(login__in=[person.login, banned_login(person.login)]).first()
    may_write = may_write_to(person.login, "register")
    set_fields(person, **words_of(person))
    person.set_password(password)
    is_renewed = may_write and _renew(person)
    if existing:
        _pretend_to_enter(person)
        _write_to_owner(existing, may_write, typed=person if is_renewed else None)
        return None
    with transaction.atomic():
        _enter(person)
    mail_confirmation(person)
    return person


FORM = (
    "password", "given_name", "family_name", "role", "language", "country_id", "consent_version", "consented_at",
    "search_text", "found_by",
)  # fmt: skip


def _renew(person: Person) -> bool:
    """What was typed last holds once the link of the first form is too old: not before, or somebody else could put his
    password under it. Asked of every address, so that all are the same work."""
    old = clock.now() - timedelta(seconds=CONFIRMATION_LIFE)
    waiting = Person.objects.filter(login=person.login, kind=PersonKind.STAFF, state=PersonState.EMAIL_UNCONFIRMED)
    waiting = waiting.filter(state_since__lt=old)
    typed = {name: getattr(person, name) for name in FORM}
    return bool(waiting.update(**typed, state_since=clock.now(), updated_at=clock.now()))


def _write_to_owner(owner: Person, may_write: bool, *, typed: Person | None) -> None:
    if typed:
        set_fields(owner, **{name: getattr(typed, name) for name in FORM})
    if owner.state == PersonState.EMAIL_UNCONFIRMED and owner.kind == PersonKind.STAFF:
        mail_confirmation(owner, is_sent=may_write)
    else:
        mail_already_registered(owner, is_sent=may_write and owner.state != PersonState.ERASED)


def _enter(person: Person) -> None:
    person.save()
    record(PersonRegistered(person), actor=person)


def _pretend_to_enter(person: Person) -> None:
    """The same work for an address that is known, and undone: the time of the answer must not tell."""
    person.login = person.email = f"{person.pk}@"
    with suppress(_Undone), transaction.atomic():
        _enter(person)
        raise _Undone


class _Undone(Exception):
    pass


@transaction.atomic
def confirm_email(token: str) -> Person:
    """The address is proved; the request now waits for the agency. Confirming twice changes nothing. The link of a
    changed address is good here too."""
    if is_of_new_address(token):
        return take_new_email(token)
    person = Person.objects.lock(person_of_confirmation(token))
    if person.state != PersonState.EMAIL_UNCONFIRMED:
        return person
    start_waiting(person, PersonState.PENDING)
    record(EmailConfirmed(person), actor=person)
    return person


@transaction.atomic
def answer_information(person: Person, *, actor: Person, answer: str) -> Person:
    """The person answers the agency's question and waits again."""
    person = Person.objects.lock(person)
    allow(can_update_profile(actor, person))
    ensure(person.state == PersonState.INFORMATION_REQUESTED, "person_not_pending")
    answer = tidy_lines(answer)
    fields.require(answer=answer)
    fields.limit(fields.TEXT_LIMIT, answer=answer)
    person.inquiries.filter(answered_at=None).update(answer=answer, answered_at=clock.now())
    start_waiting(person, PersonState.PENDING)
    record(InformationAnswered(person), actor=actor)
    return person


@transaction.atomic
def update_profile(
    person: Person,
    *,
    actor: Person,
    subjects: Iterable[str] | None = None,
    languages: Iterable[str] | None = None,
    expected_version: int | None = None,
    **values: Any,
) -> Person:
    """Change the given fields of the own profile: names, role, texts, ages, time zone, language, availability. With
    `expected_version`, what was written meanwhile, in another window say, is not lost."""
    person = Person.objects.lock(person)
    allow(can_update_profile(actor, person))
    _check_profile(values)
    ensure_newest(person, expected_version, **values)
    ages = [values.get(name, getattr(person, name)) for name in ("ages_from", "ages_to")]
    fields.check_ages(*ages)
    changed = change(person, **values)
    for field, codes in (("subjects", subjects), ("languages", languages)):
        if codes is not None:
            links = getattr(person, field)
            fields.check_codes(field, codes, links.model.objects.values_list("pk", flat=True))
            links.set(codes)
            changed.append(field)
    if changed:
        change(person, **words_of(person), version=person.version + 1)
        record(ProfileUpdated(person), actor=actor)
    return person


TEXTS = {"given_name": 80, "family_name": 80, "presentation": fields.TEXT_LIMIT, "interests": fields.TEXT_LIMIT}
PROFILE = {*TEXTS, "language", "role", "ages_from", "ages_to", "time_zone", "is_available"}


def _check_profile(values: dict[str, Any]) -> None:
    assert set(values) <= PROFILE, f"not part of a profile: {sorted(set(values) - PROFILE)}"
    for field, length in TEXTS.items():
        if field in values:
            values[field] = (tidy if length < fields.TEXT_LIMIT else tidy_lines)(values[field])
            fields.limit(length, **{field: values[field]})
    fields.require(**{name: values[name] for name in ("given_name", "family_name") if name in values})
    if "role" in values:
        fields.check_codes("role", [values["role"]], StaffRole.values)
    if "time_zone" in values:
        fields.check_time_zone(values["time_zone"])


def start_waiting(person: Person, state: str) -> None:
    """From now on the agency's working days count."""
    now = clock.now()
    target = person.country.target_working_days if person.country else 0
    change(person, state=state, state_since=now, due_at=clock.after_working_days(now, target))


def _check_password(password: str, person: Person) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise ValidationError({"password": error.error_list}) from None


def _country_exists(code: str) -> bool:
    countries: Any = Person._meta.get_field("country").related_model
    return bool(countries.objects.filter(pk=code, valid_to=None).exists())
