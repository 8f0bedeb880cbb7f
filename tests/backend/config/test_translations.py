"""Every word that people read can be translated, and is."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from backend.config import catalog
from backend.config.catalog import LANGUAGES, collect, faults_in, read
from tests.support.unmarked import in_python, in_script, in_template, in_text, unmarked

ROOT = Path(catalog.ROOT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_marked_string_is_translated(language: str) -> None:
    assert faults_in(collect(), read(language)) == []


@pytest.mark.parametrize("top", ["backend", "dashboard", "graphql_schema"])
def test_every_string_is_marked(top: str) -> None:
    assert unmarked(ROOT / top) == {}


def test_what_is_missing_is_found() -> None:
    collected, french = Catalog(), Catalog(locale="fr")
    for text in ("Yes", "No", "%(count)s files", "Gone"):
        collected.add(text)
    for text, said in (("Yes", "Oui"), ("No", ""), ("%(count)s files", "Des fichiers")):
        french.add(text, said)
    assert faults_in(collected, french) == [
        "fr: “No” is not translated.",
        "fr: “%(count)s files” has lost a placeholder.",
        "fr: “Gone” is not in the file.",
    ]


def test_what_is_not_marked_is_found() -> None:
    page = (
        '<p title="Close it">{% translate "Good" %} Bad {{ name }}</p>{% blocktranslate %}Fine{% endblocktranslate %}'
    )
    assert in_template(page) == ["Close it", "Bad"]
    assert in_text("Dear {{ name }}, {% translate 'hello' %}") == ["Dear ,"]
    assert in_script("say('Nothing was lost'); // a remark, not said\nfind('.case a'); go(\"take_next\")") == [
        "Nothing was lost"
    ]
    found = in_python(
        "from x import _\n"
        "class State(TextChoices):\n    A = 'A', 'Waiting'\n    B = 'B', _('Done')\n"
        "field = CharField(label='Name', help_text=_('Yours'))\n"
        "messages.success(request, 'Saved.')\n"
        "class Fact:\n    wording = '%(actor)s did it.'\n"
    )
    assert sorted(found) == ["%(actor)s did it.", "Name", "Saved.", "Waiting"]
