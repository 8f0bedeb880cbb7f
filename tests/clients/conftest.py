"""Node, with the packages of the lock file."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NODE = 20


@pytest.fixture(scope="module")
def node() -> str:
    """Node with the packages of the lock file; in CI both must be there."""
    found = shutil.which("node")
    version = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout if found else "v0"
    missing = ""
    if not found or int(version.strip("v\n").split(".")[0]) < NODE:
        missing = f"Node {NODE} or newer is not on PATH."
    elif not (HERE / "node_modules").exists():
        missing = "Their packages are not installed: run `npm ci` in tests/clients."
    if missing and os.environ.get("CI"):
        pytest.fail(f"{missing} In CI the clients must be tried.")
    if missing:
        pytest.skip(missing)
    return str(found)
