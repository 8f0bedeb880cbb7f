"""The composition root, an app so that its commands and translations are found."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "backend.config"
    label = "config"
