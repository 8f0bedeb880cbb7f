"""The examples of docs/api.md do what they say, in the order in which they stand there."""

import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from backend.accounts.sign_in import issue_token
from backend.workspaces.actions.discussions import open_discussion
from backend.workspaces.actions.files import upload_file
from backend.workspaces.models import Workspace
from tests.factories.projects import workspace
from tests.support.api import gid
from tests.support.server import Server

pytestmark = [pytest.mark.live, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text()
EXAMPLE = re.compile(r"```(\w+)\n(.*?)```\n(?:```json\n(.*?)```\n)?(?:<!-- expect: (.*?) -->)?", re.DOTALL)
SITE, ID = "https://etwinning.example", "…"


@dataclass
class Scene:
    """Who reads the page, and what she has."""

    room: Workspace
    token: str
    folder: Path
    url: str

    def run(self, *command: str, before: str = "", code: str) -> str:
        """What an example prints."""
        given = {**os.environ, "WORKSPACE": gid(self.room), "TOKEN": self.token}
        text = before + code.replace(SITE, self.url)
        ran = subprocess.run(
            [*command, text], cwd=self.folder, env=given, capture_output=True, text=True, timeout=60, check=False
        )
        return ran.stdout + ran.stderr


@pytest.fixture
def scene(server: Server, tmp_path: Path) -> Scene:
    room = workspace()
    agathe = room.project.founders[0].person
    agathe.login = agathe.email = "agathe@school.example"
    agathe.set_password("welcome-to-etwinning")
    agathe.save()
    (tmp_path / "plan.txt").write_text("The plan.")
    return Scene(room, issue_token(agathe), tmp_path, server.url)


def examples(language: str) -> list[tuple[str, str, str]]:
    """The text of each, its variables and what it must print."""
    found = [
        (code, variables, expected) for kind, code, variables, expected in EXAMPLE.findall(PAGE) if kind == language
    ]
    assert found
    assert all(expected for *_, expected in found), "an example that promises nothing"
    return found


def test_each_block_is_tried() -> None:
    assert {kind for kind, *_ in EXAMPLE.findall(PAGE)} == {"bash", "graphql", "js"}


def test_in_a_shell(scene: Scene) -> None:
    blocks = examples("bash")
    script = "\necho '--- next'\n".join(code for code, *_ in blocks)
    for (code, _, expected), printed in zip(
        blocks, scene.run("bash", "-c", code=script).split("--- next"), strict=True
    ):
        assert expected in printed, code


def test_documents(scene: Scene) -> None:
    discussion = open_discussion(scene.room, actor=scene.room.project.founders[0].person, title="Rivers")
    for document, variables, expected in examples("graphql"):
        given = gid(discussion if "Discussion" in document else scene.room)
        body = {"query": document, "variables": json.loads(variables.replace(ID, given))}
        headers = {"Authorization": f"Bearer {scene.token}"}
        answer = httpx.post(f"{scene.url}/graphql", json=body, headers=headers, timeout=30)
        assert expected in answer.text, document


def test_in_javascript(scene: Scene, node: str) -> None:
    upload_file(
        scene.room, actor=scene.room.project.founders[0].person, upload=SimpleUploadedFile("plan.txt", b"The plan.")
    )
    given = "const token = process.env.TOKEN, workspace = process.env.WORKSPACE;\n"
    for code, _, expected in examples("js"):
        assert expected in scene.run(node, "--input-type=module", "-e", before=given, code=code), code
