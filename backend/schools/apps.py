"""Countries, schools and their staff."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "backend.schools"
    label = "schools"
