"""Addresses of files: signed for one viewer, good for a quarter of an hour."""

from uuid import UUID

from django.core import signing
from django.urls import reverse

from backend.accounts.models import Person
from backend.accounts.sign_in import LoginBackend
from backend.core import clock

LIFE = 900  # seconds, at least; an address stays the same for as long, so that a page shown again asks for nothing new


def file_address(key: UUID, viewer: Person | None, **more: str) -> str:
    """Where this viewer, or everybody where that may be, reads a file by its address alone."""
    return _address("file", key, viewer, more)


def export_address(key: UUID, viewer: Person) -> str:
    """Where this founder gets the whole workspace."""
    return _address("export", key, viewer, {})


def calendar_address(key: UUID, viewer: Person) -> str:
    """Where this member gets the plan as a calendar file."""
    return _address("calendar", key, viewer, {})


class NoLink(Exception):
    """The address is not one of ours, or not good any more."""


def viewer_of_address(page: str, key: UUID, sealed: str) -> Person | None:
    """For whom an address was made; None for everybody. Whether they may still read is another question."""
    try:
        until, viewer = _signer(page, key).unsign(sealed).split(":")
    except (signing.BadSignature, ValueError):
        raise NoLink from None
    if int(until) <= clock.now().timestamp():
        raise NoLink
    if not viewer:
        return None
    person = LoginBackend().get_user(UUID(viewer))
    if person is None:
        raise NoLink
    return person


def _address(page: str, key: UUID, viewer: Person | None, more: dict[str, str]) -> str:
    until = (int(clock.now().timestamp()) // LIFE + 2) * LIFE
    sealed = _signer(page, key).sign(f"{until}:{viewer.pk.hex if viewer else ''}")
    return reverse(page, args=[key], query={"key": sealed, **more})


def _signer(page: str, key: UUID) -> signing.Signer:
    return signing.Signer(salt=f"workspaces.{page}:{key}")
