"""Setting up a second factor, giving it, and doing without it again."""

from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from backend.accounts import letters, sign_in
from backend.accounts.events import (
    RecoveryCodesRenewed,
    RecoveryCodeUsed,
    SecondFactorActivated,
    SecondFactorRemoved,
)
from backend.accounts.models import AccessToken, Person, PersonKind
from backend.accounts.second_factor import (
    Challenge,
    check_code,
    device_of,
    device_to_confirm,
    forget_factor,
    new_recovery_codes,
    read_challenge,
)
from backend.core.guards import allow, ensure, refusal
from backend.eventlog.record import record


@transaction.atomic
def set_up_second_factor(person: Person) -> TOTPDevice:
    """A new secret for an authenticator app; it counts once a first code has come back."""
    person = Person.objects.lock(person)
    allow(person.kind != PersonKind.PUPIL)
    ensure(device_of(person) is None, "second_factor_set")
    forget_factor(person)
    device: TOTPDevice = TOTPDevice.objects.create(user=person, confirmed=False)
    return device


def activate_second_factor(person: Person, *, code: str, keep: str = "") -> tuple[TOTPDevice, list[str]]:
    """The first code proves that the app has the secret: from now on every sign-in asks for one."""
    allow(person.kind != PersonKind.PUPIL)
    ensure(device_of(person) is None, "second_factor_set")
    device = device_to_confirm(person)
    if device is None:
        raise refusal("second_factor_missing")
    check_code(person, code, of=device)
    return _activate(person, device, keep)


def confirm_second_factor(challenge: str, *, code: str) -> tuple[Challenge, TOTPDevice]:
    """The second step of signing in: a code of the app, or one of the recovery codes."""
    challenged = read_challenge(challenge)
    device = device_of(challenged.person)
    if device is None:
        raise refusal("sign_in_expired")
    if check_code(challenged.person, code):
        _tell_of_recovery(challenged.person)
    return challenged, device


def remove_second_factor(person: Person, *, code: str) -> Person:
    """With a code it can be given up; every browser and program is signed out, an officer sets up another one."""
    ensure(device_of(person) is not None, "second_factor_missing")
    check_code(person, code)
    return _remove(person)


def renew_recovery_codes(person: Person, *, code: str) -> list[str]:
    """Ten new ones; the old ones open nothing any more."""
    ensure(device_of(person) is not None, "second_factor_missing")
    check_code(person, code)
    return _renew(person)


@transaction.atomic
def _activate(person: Person, device: TOTPDevice, keep: str) -> tuple[TOTPDevice, list[str]]:
    person = Person.objects.lock(person)
    device = TOTPDevice.objects.select_for_update().filter(pk=device.pk, confirmed=False).first()
    if device is None:
        raise refusal("second_factor_set")
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    sign_in.sign_out_everywhere(person, keep=keep)
    kind, _, value = keep.partition(":")
    if kind == "token":
        AccessToken.objects.filter(digest=value).update(is_proved=True)
    codes = new_recovery_codes(person)
    letters.mail_factor_activated(person)
    record(SecondFactorActivated(person), actor=person)
    return device, codes


@transaction.atomic
def _remove(person: Person) -> Person:
    person = Person.objects.lock(person)
    forget_factor(person)
    sign_in.sign_out_everywhere(person)
    letters.mail_factor_removed(person)
    record(SecondFactorRemoved(person), actor=person)
    return person


@transaction.atomic
def _renew(person: Person) -> list[str]:
    person = Person.objects.lock(person)
    codes = new_recovery_codes(person)
    record(RecoveryCodesRenewed(person), actor=person)
    return codes


@transaction.atomic
def _tell_of_recovery(person: Person) -> None:
    letters.mail_recovery_code_used(person, left=person.recovery_codes.count())
    record(RecoveryCodeUsed(person), actor=person)
