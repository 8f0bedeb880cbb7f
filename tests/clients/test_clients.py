"""The public clients and tools against a running server. They need Node 20 or newer."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from backend.accounts.sign_in import issue_token
from tests.factories.projects import workspace
from tests.support.api import gid
from tests.support.server import Server

pytestmark = [pytest.mark.live, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
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


@pytest.mark.parametrize("check", ["audit", "apollo", "urql", "live"])
def test_client(check: str, node: str, server: Server) -> None:
    room = workspace()
    person = room.project.founders[0].person
    environment = {
        **os.environ,
        "API_URL": f"{server.url}/graphql",
        "API_TOKEN": issue_token(person),
        "API_SCENE": json.dumps({"workspace": gid(room), "login": person.login, "name": str(person)}),
    }
    ran = subprocess.run(
        [node, f"checks/{check}.mjs"],
        cwd=HERE,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    print(ran.stdout)
