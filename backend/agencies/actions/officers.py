"""Appointing, changing and dismissing officers."""

from collections.abc import Collection

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from backend.accounts.models import Person, PersonKind, PersonState
from backend.accounts.second_factor import device_of, forget_factor
from backend.accounts.sign_in import sign_out_everywhere
from backend.accounts.words import words_of
from backend.agencies.actions.deciding import a_reason, explain_if_central, settle, stand_in
from backend.agencies.events import (
    OfficerAccepted,
    OfficerAppointed,
    OfficerChanged,
    OfficerDismissed,
    SecondFactorReset,
)
from backend.agencies.invitations import person_of_invitation
from backend.agencies.letters import mail_appointed, mail_dismissed, mail_factor_reset
from backend.agencies.models import Agency, Officer, OfficerRole
from backend.agencies.permissions import can_lead, can_reset_second_factor, is_officer
from backend.core import clock, fields
from backend.core.guards import allow, ensure, refusal
from backend.core.models import change, set_fields
from backend.core.text import tidy
from backend.eventlog.record import record
from backend.schools.models import School


@transaction.atomic
def appoint_officer(
    agency: Agency,
    *,
    actor: Person,
    email: str,
    role: str,
    regions: Collection[str] = (),
    given_name: str = "",
    family_name: str = "",
    language: str = "en",
    reason: str = "",
) -> Officer:
    """Somebody works for the agency: with a new account, whose password they set by a letter, or the one they had."""
    allow(can_lead(actor, agency.pk))
    stand_in(actor, reason, agency.country_id)
    regions = _checked(agency, role, regions)
    email = fields.email_address(email=email)
    person = Person.objects.select_for_update(of=("self",)).filter(login=email.casefold()).first()
    if person is None:
        person = _new_account(email, tidy(given_name), tidy(family_name), language)
    ensure(is_officer(person), "officer_needs_own_account", field="email")
    known = Officer.objects.filter(person=person).first()
    ensure(known is None or person.state == PersonState.REVOKED, "officer_already", field="email")
    change(person, country_id=agency.country_id)
    settle(person, PersonState.VALIDATED if person.has_usable_password() else PersonState.EMAIL_UNCONFIRMED, reason)
    officer = known or Officer(person=person)
    officer.person, officer.agency, officer.role, officer.regions = person, agency, role, regions
    officer.save()
    mail_appointed(officer)
    record(OfficerAppointed(officer), actor=actor)
    return officer


@transaction.atomic
def accept_appointment(token: str, *, password: str) -> Officer:
    """The letter proves the address; with a password the appointment is in force."""
    person = Person.objects.lock(person_of_invitation(token))
    ensure(person.state == PersonState.EMAIL_UNCONFIRMED, "link_invalid", field="token")
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise ValidationError({"password": error.error_list}) from None
    person.set_password(password)
    person.save(update_fields=["password"])
    settle(person, PersonState.VALIDATED, person.state_reason)
    officer = Officer.objects.get(person=person)
    record(OfficerAccepted(officer), actor=person)
    return officer


@transaction.atomic
def change_officer(
    officer: Officer, *, actor: Person, role: str, regions: Collection[str] = (), reason: str = ""
) -> Officer:
    """Another role at the same agency, or for a delegate other regions."""
    agency = Agency.objects.lock(officer.agency)
    officer = Officer.objects.lock(officer)
    allow(can_lead(actor, agency.pk))
    explain_if_central(actor, reason)
    regions = _checked(agency, role, regions)
    ensure(officer.person.state != PersonState.REVOKED, "officer_dismissed")
    if role != OfficerRole.LEAD:
        _keep_a_lead(officer, actor)
    if change(officer, role=role, regions=regions):
        stand_in(actor, reason, agency.country_id)
        record(OfficerChanged(officer), actor=actor)
    return officer


@transaction.atomic
def dismiss_officer(officer: Officer, *, actor: Person, reason: str) -> Officer:
    """The appointment ends and the account is closed; what the officer decided stays."""
    agency = Agency.objects.lock(officer.agency)
    officer = Officer.objects.lock(officer)
    officer.person = Person.objects.lock(officer.person)
    allow(can_lead(actor, agency.pk))
    ensure(officer.person.state != PersonState.REVOKED, "officer_dismissed")
    _keep_a_lead(officer, actor)
    reason = a_reason(reason)
    stand_in(actor, reason, agency.country_id)
    settle(officer.person, PersonState.REVOKED, reason)
    sign_out_everywhere(officer.person)
    mail_dismissed(officer)
    record(OfficerDismissed(officer), actor=actor)
    return officer


@transaction.atomic
def reset_second_factor(person: Person, *, actor: Person, reason: str) -> Person:
    """Who lost the app and the recovery codes signs in with the password alone once, and sets up a new factor."""
    person = Person.objects.lock(person)
    allow(can_reset_second_factor(actor, person))
    reason = a_reason(reason)
    ensure(device_of(person) is not None, "second_factor_missing")
    forget_factor(person)
    sign_out_everywhere(person)
    mail_factor_reset(person, reason=reason)
    record(SecondFactorReset(person), actor=actor)
    return person


def _keep_a_lead(officer: Officer, actor: Person) -> None:
    """An agency's last lead goes only by the central service; its own last lead stays."""
    if officer.role != OfficerRole.LEAD or actor.officer.agency_id != officer.agency_id:
        return
    others = Officer.objects.in_force().leads_of(officer.agency).exclude(pk=officer.pk)
    ensure(others.exists(), "last_lead")


def _checked(agency: Agency, role: str, regions: Collection[str]) -> list[str]:
    """A delegate's regions, which schools of the country name; nobody else has any."""
    fields.check_codes("role", [role], OfficerRole.values)
    if role != OfficerRole.DELEGATE:
        return []
    ensure(bool(regions), "regions_missing", field="regions")
    fields.check_codes("regions", regions, School.objects.regions_of(agency.country_id))
    return sorted(set(regions))


def _new_account(email: str, given_name: str, family_name: str, language: str) -> Person:
    fields.require(given_name=given_name, family_name=family_name)
    fields.limit(80, given_name=given_name, family_name=family_name)
    person = Person(
        kind=PersonKind.OFFICER, login=email.casefold(), email=email, given_name=given_name, family_name=family_name,
        language=language, state_since=clock.now(),
    )  # fmt: skip
    person.set_unusable_password()
    set_fields(person, **words_of(person))
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:
        raise refusal("officer_already", field="email") from None
    return person
