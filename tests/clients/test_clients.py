"""The public clients and tools against a running server. They need Node 20 or newer."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from backend.accounts.sign_in import issue_token
from tests.factories.projects import workspace
from tests.support.api import gid
from tests.support.server import Server

pytestmark = [pytest.mark.live, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
HERE = Path(__file__).parent


@pytest.mark.parametrize("check", ["audit", "apollo", "urql", "live", "relay", "codegen"])
def test_client(check: str, node: str, server: Server, tmp_path: Path) -> None:
    room = workspace()
    person = room.project.founders[0].person
    environment = {
        **os.environ,
        "API_URL": f"{server.url}/graphql",
        "API_TOKEN": issue_token(person),
        "API_SCENE": json.dumps(
            {"workspace": gid(room), "login": person.login, "name": str(person), "folder": str(tmp_path)}
        ),
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
