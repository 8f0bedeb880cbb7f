"""Who looks after which country."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "backend.agencies"
    label = "agencies"
