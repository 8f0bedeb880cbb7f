"""Quality labels: national ones by application, European ones by nomination."""

from django.apps import AppConfig


class LabelsConfig(AppConfig):
    name = "backend.labels"
    label = "labels"
