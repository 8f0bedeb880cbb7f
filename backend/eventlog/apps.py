"""The append-only log of everything that happened."""

from django.apps import AppConfig


class EventlogConfig(AppConfig):
    name = "backend.eventlog"
    label = "eventlog"
