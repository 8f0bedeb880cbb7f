"""The second factor: codes of an authenticator app, recovery codes, and the minutes between password and code."""

import secrets
from dataclasses import dataclass
from typing import Any

import segno
from django.core import signing
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_totp.models import TOTPDevice

from backend.accounts.models import Person, RecoveryCode
from backend.accounts.sign_in import digest_of, take_attempt
from backend.core.guards import ensure, refusal

CHALLENGE_SALT = "accounts.second-factor"
CHALLENGE_LIFE = 5 * 60  # seconds
RECOVERY_CODES = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else
RECOVERY_SALT = "accounts.recovery-code"
DIGITS = 6


@dataclass(frozen=True)
class Challenge:
    """Somebody gave the right password and has to give a code."""

    person: Person
    wants_token: bool


def device_of(person: Person) -> TOTPDevice | None:
    """The second factor that is set up and confirmed."""
    return _devices(person).filter(confirmed=True).first()


def device_to_confirm(person: Person) -> TOTPDevice | None:
    """The one that waits for its first code."""
    return _devices(person).filter(confirmed=False).first()


def secret_of(device: TOTPDevice) -> str:
    """What can be typed into an authenticator app, in groups of four."""
    secret = device.config_url.partition("secret=")[2].partition("&")[0]
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def qr_code(device: TOTPDevice) -> str:
    """What an authenticator app photographs, as SVG."""
    drawn: str = segno.make(device.config_url, micro=False).svg_inline(scale=5, light="#fff", title="QR")
    return drawn


def challenge(person: Person, *, wants_token: bool = False) -> str:
    """Good for five minutes, and as long as the password stays."""
    return signing.dumps([str(person.pk), _mark(person), wants_token], salt=CHALLENGE_SALT, compress=True)


def read_challenge(text: str) -> Challenge:
    """Who gave the password; refuses a forged or old one."""
    try:
        key, mark, wants_token = signing.loads(text, salt=CHALLENGE_SALT, max_age=CHALLENGE_LIFE)
    except signing.BadSignature:
        raise refusal("sign_in_expired") from None
    person = Person.objects.select_related("officer__agency", "country").filter(pk=key).first()
    if person is None or not person.is_active or mark != _mark(person):
        raise refusal("sign_in_expired")
    return Challenge(person, wants_token)


def check_code(person: Person, code: str, *, of: TOTPDevice | None = None) -> bool:
    """Refuses a wrong code, at most five a person in five minutes; says whether it was a recovery code."""
    attempt = take_attempt(digest_of(f"code:{person.pk}"))
    code = code.replace(" ", "").replace("-", "").casefold()
    is_of_app = len(code) == DIGITS and code.isdecimal()
    is_right = _fits(person, code, of) if is_of_app else of is None and _uses_up(person, code)
    ensure(is_right, "code_wrong", field="code")
    attempt.delete()
    return not is_of_app


@transaction.atomic
def _fits(person: Person, code: str, of: TOTPDevice | None) -> bool:
    """Under a lock: the device remembers the last code, and takes none twice."""
    devices = _devices(person).select_for_update()
    device = devices.filter(pk=of.pk) if of else devices.filter(confirmed=True)
    found = device.first()
    return found is not None and bool(found.verify_token(code))


def _uses_up(person: Person, code: str) -> bool:
    return bool(RecoveryCode.objects.filter(person=person, digest=_digest(person, code)).delete()[0])


def new_recovery_codes(person: Person) -> list[str]:
    """Ten new ones in place of the old; shown once."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(person=person).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(person=person, digest=_digest(person, code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def forget_factor(person: Person) -> None:
    _devices(person).delete()
    RecoveryCode.objects.filter(person=person).delete()


def _devices(person: Person) -> Any:
    return TOTPDevice.objects.filter(user=person)


def _digest(person: Person, code: str) -> str:
    return salted_hmac(f"{RECOVERY_SALT}:{person.pk}", code, algorithm="sha256").hexdigest()


def _mark(person: Person) -> str:
    return salted_hmac(CHALLENGE_SALT, person.password).hexdigest()[:20]
