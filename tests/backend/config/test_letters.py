"""Every letter, in both languages, as text and as HTML."""

import re
from collections.abc import Iterator
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives

import backend
from tests.backend.config.letters import LETTERS
from tests.factories.people import teacher

pytestmark = pytest.mark.django_db
SENDS = re.compile(r"\b(?:mail_after_commit|compose)\(")
OTHERWISE = {"backend.accounts.digests": "digest", "backend.mailings.delivery": "message"}  # by a run of their own
SIGNATURES = ("eTwinning: schools working together", "eTwinning : des établissements qui travaillent ensemble")


def sending_modules() -> Iterator[str]:
    """Wherever the source writes a letter."""
    root = Path(backend.__file__).parent
    for file in root.rglob("*.py"):
        if SENDS.search(file.read_text()) and file != root / "core" / "mail.py":
            yield ".".join(("backend", *file.relative_to(root).with_suffix("").parts))


def every_letter() -> Iterator[str]:
    for name in sending_modules():
        found = [each for each in vars(import_module(name)) if each.startswith("mail_") and each != "mail_after_commit"]
        yield from [OTHERWISE[name]] if name in OTHERWISE else found


def test_every_letter_is_read_here() -> None:
    assert {name.split(" to ")[0] for name in LETTERS} == set(every_letter())


def plainly(text: Any) -> str:
    """With ordinary blanks: French writes others before its colons."""
    return str(text).replace("\xa0", " ")


@pytest.mark.parametrize("place", [0, 1], ids=["en", "fr"])
@pytest.mark.parametrize("name", list(LETTERS))
def test_as_text_and_as_html(
    name: str, place: int, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    letter, language = LETTERS[name], ("en", "fr")[place]
    person = teacher("FR", language=language, email="reader@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        letter.send(person)
    sent: EmailMultiAlternatives = [m for m in mailoutbox if plainly(m.subject) == letter.subjects[place]][-1]
    ((page, kind),) = sent.alternatives
    body, page = plainly(sent.body), plainly(page)
    assert kind == "text/html"
    assert f'<html lang="{language}">' in page
    assert f"<title>{escape(letter.subjects[place])}</title>" in page
    for words in (letter.says[place], SIGNATURES[place]):
        assert words in body
        assert escape(words) in page
    assert letter.says[1 - place] not in body
    assert SIGNATURES[1 - place] not in body
    links = [line.split()[-1] for line in body.splitlines() if settings.SITE_URL in line]
    assert any(letter.link in link for link in links)
    assert all(f'<a href="{escape(link)}">' in page for link in links)
    texts = [line.strip() for line in body.partition("\n-- ")[0].splitlines() if line.strip()]
    assert all(escape(text) in page for text in texts)
