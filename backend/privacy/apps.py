"""What the platform knows about somebody: taking it home, erasing it, and how long it is kept."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "backend.privacy"
    label = "privacy"
