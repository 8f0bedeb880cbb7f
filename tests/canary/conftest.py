"""The marked world, built once a file and rolled back after it."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.canary.canary import Canary


@pytest.fixture(scope="module")
def canary(django_db_setup: None, django_db_blocker: Any) -> Iterator[Canary]:
    logging.disable(logging.CRITICAL)
    with django_db_blocker.unblock(), transaction.atomic():
        yield Canary()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)
