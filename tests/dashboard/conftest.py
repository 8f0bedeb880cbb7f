"""Chromium, and a server as it runs in production: DEBUG off, static files collected, compressed and hashed."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client

from backend.accounts.models import Person
from tests.factories.people import officer
from tests.support.browser import chromium, visits
from tests.support.server import ROOT, Server

__all__ = ["chromium", "visits"]

PRODUCTION = {"DEBUG": "0", "HTTPS": "0"}


@pytest.fixture(scope="session")
def shared_server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    environment = {**os.environ, **PRODUCTION, "VAR_DIR": str(settings.VAR)}
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    started = Server(tmp_path_factory.mktemp("production"), **PRODUCTION).start()
    yield started
    started.stop()


@pytest.fixture
def desk(client: Client) -> Person:
    """An officer of France, signed in."""
    person = officer("FR", given_name="Lou", family_name="Petit")
    client.force_login(person)
    return person
