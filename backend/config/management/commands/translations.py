"""Translations: collect, check, compile."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.config import catalog


class Command(BaseCommand):
    help = "update: collect the strings to translate. check: is every one translated? compile: make the .mo files."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=("update", "check", "compile"))

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        for language in catalog.LANGUAGES:
            {"update": self._update, "check": self._check, "compile": catalog.compile_language}[action](language)

    def _update(self, language: str) -> None:
        messages = [m for m in catalog.update(language) if m.id]
        missing = sum(not m.string or not all(m.string) for m in messages)
        self.stdout.write(f"{language}: {len(messages)} strings, {missing} to translate.")

    def _check(self, language: str) -> None:
        faults = catalog.faults(language)
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} strings need a translator: run 'make messages'.")
