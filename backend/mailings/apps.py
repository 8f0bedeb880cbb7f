"""What agencies write to their teachers."""

from django.apps import AppConfig


class MailingsConfig(AppConfig):
    name = "backend.mailings"
    label = "mailings"
