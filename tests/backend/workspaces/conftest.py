"""One furnished workspace for the tests of this area, with its own place for files."""

from pathlib import Path
from typing import Any

import pytest

from tests.factories.scene import Scene


@pytest.fixture
def scene(settings: Any, tmp_path: Path, db: None) -> Scene:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    return Scene()
