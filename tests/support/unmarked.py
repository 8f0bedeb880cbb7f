"""Words that people read and that no translator was given: in templates, in scripts, in Python."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, TokenType

WORD = re.compile(r"[^\W\d_]{2,}")
SAID = {"alt", "aria-label", "placeholder", "title", "summary", "aria-description"}  # attributes that are read
NAMES = {"eTwinning", "CSV", "XLSX", "UTC"}
SILENT = ("script", "style", "kbd")  # and what stands on keys
ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"')  # in a block that fills a tag
SENTENCE = re.compile(r"[^\W\d_]+[ ’'][^\W\d_]+")
QUOTED = re.compile(r"\"([^\"\\\n]*)\"|'([^'\\\n]*)'|`([^`\\]*)`")
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)
MEANT_TO_BE_READ = {"label", "help_text", "verb", "lead"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.silent and (tag in SILENT or ("translate", "no") in attrs):
            self.silent = tag
        self.found += [value for name, value in attrs if name in SAID and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent = "" if tag == self.silent else self.silent

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def in_template(source: str) -> list[str]:
    """Text and attributes outside `translate` and `blocktranslate`."""
    plain, marked = [], False
    for token in Lexer(source).tokenize():
        word = token.contents.split(" ")[0] if token.token_type == TokenType.BLOCK else ""
        marked = {"blocktranslate": True, "comment": True}.get(word, marked)
        marked = False if word in ("endblocktranslate", "endcomment") else marked
        if token.token_type == TokenType.TEXT and not marked:
            plain.append(token.contents)
    reader = _Reader()
    reader.feed("".join(plain))
    texts = [ATTRIBUTE.sub("", text).strip() for text in reader.found]
    return [text for text in texts if set(WORD.findall(text)) - NAMES]


def in_text(source: str) -> list[str]:
    """The same of a template that is no HTML."""
    return in_template(re.sub(r"[<>&]", " ", source))


def in_script(source: str) -> list[str]:
    """Sentences in quotes; what a script says it takes from the page."""
    quoted = ("".join(groups) for groups in QUOTED.findall(COMMENT.sub("", source)))
    return [
        text for text in quoted if SENTENCE.search(text) and not re.search(r"[\[\]{}=<>#:;,]|^[.#]|^use strict$", text)
    ]


def in_python(source: str) -> list[str]:
    """Labels of forms and choices, messages after a decision, wordings: bare strings where `_()` belongs."""
    return [node.value for node in _said(ast.parse(source)) if WORD.search(node.value)]


def _said(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            given = [word.value for word in node.keywords if word.arg in MEANT_TO_BE_READ]
            yield from _bare(given + (node.args[1:] if _is_message(node.func) else []))
        elif isinstance(node, ast.ClassDef) and any("Choices" in ast.unparse(base) for base in node.bases):
            pairs = [line.value for line in node.body if isinstance(line, ast.Assign)]
            yield from _bare([pair.elts[-1] for pair in pairs if isinstance(pair, ast.Tuple)])
        elif isinstance(node, ast.Assign) and any(ast.unparse(to) in ("wording", "title") for to in node.targets):
            yield from _bare([node.value])


def _is_message(function: ast.expr) -> bool:
    return ast.unparse(function) in {f"messages.{level}" for level in ("success", "error", "info", "warning")}


def _bare(values: list[ast.expr]) -> Iterator[ast.Constant]:
    for value in values:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value


def unmarked(root: Path) -> dict[str, list[str]]:
    """By file."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root.parent)
        if "templates" in path.parts and path.suffix in (".html", ".txt"):
            texts = (in_template if path.suffix == ".html" else in_text)(path.read_text())
        elif path.suffix == ".js":
            texts = in_script(path.read_text())
        elif path.suffix == ".py" and not {"migrations", "management"} & set(path.parts):
            texts = in_python(path.read_text())
        else:
            continue
        if texts:
            found[str(name)] = texts
    return found
