"""What people sign in with: sessions, tokens, codes, and what is counted on the way."""

from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.accounts.models.people import Person
from backend.core import clock
from backend.core.models import Entity, EntityQuerySet


class SignInAttempt(models.Model):
    """A failed password check of a login name; kept for five minutes' worth of counting."""

    login_digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = (models.Index(fields=["login_digest", "at"], name="sign_in_attempt"),)


class TokenScope(models.TextChoices):
    READ = "READ", _("Reads only")
    WRITE = "WRITE", _("Reads and writes")


class AccessTokenQuerySet(EntityQuerySet["AccessToken"]):
    def visible_to(self, viewer: Person | None) -> "AccessTokenQuerySet":
        """Only one's own."""
        return self.filter(person=viewer) if viewer else self.none()


class AccessToken(Entity):
    """A bearer token for programs: opaque, kept as a digest, revocable."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="access_tokens")
    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=80, blank=True)
    scope = models.CharField(max_length=10, choices=TokenScope.choices, default=TokenScope.WRITE)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True)
    is_proved = models.BooleanField(default=False)  # whether a second factor was given for it

    objects = AccessTokenQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name or str(self.pk)


class RecoveryCode(models.Model):
    """Opens an account once in place of a code; kept as a digest, deleted when it is used."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "digest"], name="recovery_code_once"),)


class Session(AbstractBaseSession):
    """A browser that is signed in. Django's own table does not say whose it is."""

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="sessions")
    browser = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    last_used_at = models.DateTimeField(default=clock.now)

    objects = BaseSessionManager()  # type: ignore[misc]

    @classmethod
    def get_session_store_class(cls) -> Any:
        from backend.accounts.sessions import SessionStore

        return SessionStore
