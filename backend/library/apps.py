"""What teachers read and begin with: articles, kits, good practice."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "backend.library"
    label = "library"
