"""The house's rules that no linter knows."""

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.core.refusals import REFUSALS
from backend.eventlog.facts import FACTS

ROOT = Path(__file__).resolve().parents[1]
FILE_LINES, FUNCTION_LINES, FOLDER_FILES = 250, 25, 12
BANNED_NAMES = {"utils", "helpers", "common", "misc", "services", "base", "manager"}
WRITES = {
    "save",
    "create",
    "bulk_create",
    "update_or_create",
    "get_or_create",
    "bulk_update",
    "delete",
    "aupdate",
    "asave",
}
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).exists()]


def modules(*tops: str) -> list[Path]:
    found = tracked("*.py")
    return [p for p in found if p.relative_to(ROOT).parts[0] in tops and "migrations" not in p.parts]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def is_a_list_of_names(node: ast.stmt) -> bool:
    """In an __init__.py: what is imported from inside, and `__all__`."""
    return isinstance(node, ast.ImportFrom) or (isinstance(node, ast.Assign) and "__all__" in ast.unparse(node))


def allowed(text: str) -> bool:
    """Whether CONTRIBUTING gives a reason for passing a guide size here."""
    return f"`{text}`" in CONTRIBUTING.partition("### Larger than the guides")[2].partition("\n## ")[0]


def test_files_are_short() -> None:
    every = modules("backend", "graphql_schema", "dashboard", "tests", "docs")
    long = {name(p): n for p in every if (n := len(p.read_text().splitlines())) > FILE_LINES}
    assert {path: lines for path, lines in long.items() if not allowed(path)} == {}


def test_functions_are_short() -> None:
    """Lines of the body, the signature and docstring not counted."""
    long = {}
    for path in modules("backend", "graphql_schema", "dashboard"):
        for function in functions(path):
            first = (
                function.body[1 if ast.get_docstring(function) else 0] if len(function.body) > 1 else function.body[0]
            )
            lines = (function.end_lineno or 0) - first.lineno + 1
            if lines > FUNCTION_LINES:
                long[f"{name(path)}:{function.name}"] = lines
    assert {where: lines for where, lines in long.items() if not allowed(where)} == {}


def test_folders_are_small() -> None:
    every = modules("backend", "graphql_schema", "dashboard", "tests")
    files = Counter(name(path.parent) for path in every if path.name != "__init__.py")
    assert {folder: n for folder, n in files.items() if n > FOLDER_FILES and not allowed(folder)} == {}
    deep = {name(path) for path in every if len(path.relative_to(ROOT).parts) > 5}
    assert deep == set()


def test_names_say_something() -> None:
    assert [name(p) for p in tracked("*.py") if p.stem in BANNED_NAMES] == []


def test_every_module_says_what_it_is_for() -> None:
    wrong = []
    for path in modules("backend", "graphql_schema", "dashboard"):
        tree = ast.parse(path.read_text())
        if path.name == "__init__.py":
            wrong += [] if all(map(is_a_list_of_names, tree.body)) else [name(path)]
        elif not (ast.get_docstring(tree) or "").strip().endswith((".", "?")):
            wrong.append(name(path))
    assert wrong == []


def test_no_save_is_overridden() -> None:
    found = [name(p) for p in modules("backend") for f in functions(p) if f.name == "save"]
    assert found == []


@pytest.mark.parametrize("face", ["graphql_schema", "dashboard"])
def test_faces_do_not_write(face: str) -> None:
    written = []
    for path in modules(face):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
                written.append(f"{name(path)}:{node.lineno} {ast.unparse(node.func)}")
    assert written == []


def test_refusals_are_one_list() -> None:
    """Every code used is in the list, and every code in the list is used."""
    text = "\n".join(
        p.read_text() for p in modules("backend", "graphql_schema", "dashboard") if p.name != "refusals.py"
    )
    asked = set(re.findall(r"(?:refusal|Refused|_refused)\(\s*\"(\w+)\"", text))
    asked |= set(re.findall(r"ensure\([^\"]*?,\s*\"(\w+)\"", text, re.DOTALL))
    assert asked - set(REFUSALS) == set()
    assert {code for code in REFUSALS if f'"{code}"' not in text} == set()


def test_facts_have_a_kind_and_a_wording() -> None:
    wrong = [k for k, fact in FACTS.items() if not re.fullmatch(r"[a-z]+\.[a-z_]+", k) or "%(" not in str(fact.wording)]
    assert wrong == []


def test_files_tell_nothing_about_a_machine() -> None:
    secret = re.compile(r"/[w]ork/|file:///[o]pt|pypi\.org|[p]ythonhosted|registry\.npmjs|/[r]oot/")
    told = []
    for path in tracked():
        if path.suffix in {".woff2", ".png"}:
            continue
        if secret.search(path.read_text(errors="ignore")):
            told.append(name(path))
    assert told == []
