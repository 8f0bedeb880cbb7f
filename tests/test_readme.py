"""The README does what it says."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support.server import Server

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()
STEP = re.compile(r"<!-- tour -->\n```bash\n(.*?)```\n<!-- expect: (.*?) -->", re.DOTALL)


def test_every_setting_is_in_the_table() -> None:
    settings = (ROOT / "backend/config/settings.py").read_text()
    read = set(re.findall(r"env\.\w+\(\s*\"(\w+)\"", settings))
    told = set(re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE))
    assert read == told


def test_every_dependency_has_a_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {re.split(r"[\[><=]", line)[0] for line in project["project"]["dependencies"]}
    wanted |= {re.split(r"[\[><=]", line)[0] for line in project["dependency-groups"]["dev"]}
    reasons = (ROOT / "CONTRIBUTING.md").read_text().partition("## Why each dependency")[2].partition("\n## ")[0]
    assert wanted - set(re.findall(r"`([\w-]+)`", reasons)) == set()


def test_links_lead_somewhere() -> None:
    for document in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "docs/live-updates.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", document.read_text()):
            assert target.startswith("http") or (document.parent / target).exists(), (document.name, target)


@pytest.mark.live
def test_the_tour_works_as_typed(tmp_path: Path) -> None:
    """Every block, pasted one after the other into one shell, against a demo of a tenth of the size."""
    given = {"VAR_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'demo.sqlite3'}", "REDIS_URL": ""}
    for command in (["migrate", "--verbosity", "0"], ["demo", "--scale", "0.1"]):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env={**os.environ, **given}, check=True,
            capture_output=True,
        )  # fmt: skip
    steps = STEP.findall(README)
    assert len(steps) == 5
    server = Server(tmp_path, **given).start()
    try:
        script = "\n".join(f"{block}\necho; echo '--- next'" for block, _ in steps)
        script = script.replace("127.0.0.1:8000", f"127.0.0.1:{server.port}").replace(
            ".venv/bin/python", sys.executable
        )
        script = script.replace("docs/examples", str(ROOT / "docs/examples"))
        shell = subprocess.run(
            ["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
        )
    finally:
        server.stop()
    said = shell.stdout.split("--- next")
    for (_, expected), output in zip(steps, said, strict=False):
        assert expected in output, (output, shell.stderr)
