"""Codes of authenticator apps in tests, and officers whom Django's test client signs in by force."""

from typing import Any

from django.test.client import ClientMixin
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from backend.accounts.models import PersonKind
from backend.accounts.second_factor import device_of

_force_login = ClientMixin.force_login


def code_of(device: TOTPDevice) -> str:
    """What the app shows now."""
    return f"{totp(device.bin_key):06d}"


def fresh_code(login: str) -> str:
    """A code of this person that counts even if it was given before; empty for who has no second factor."""
    device = TOTPDevice.objects.filter(user__login=login, confirmed=True).first()
    if device is None:
        return ""
    TOTPDevice.objects.filter(pk=device.pk).update(last_t=-1)
    return code_of(device)


def force_login_with_factor(self: Any, user: Any, backend: str | None = None) -> None:
    """Whoever is signed in by force has given the second factor too: django-otp's mark is in the session."""
    _force_login(self, user, backend)
    device = device_of(user) if user.kind == PersonKind.OFFICER else None
    if device:
        session = self.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
