"""An officer's own desk: cases taken, views saved, other offices reminded."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "backend.desk"
    label = "desk"
