"""A small library in two languages, written by the central service and two agencies."""

import tomllib
from pathlib import Path
from typing import Any

from backend.config.demo.ground.officers import at_agency
from backend.config.demo.ground.world import World
from backend.library.actions import draft_library_entry, publish_library_entry, translate_library_entry

ENTRIES = Path(__file__).parent / "data" / "library.toml"


def play_library(world: World) -> None:
    """The last entry stays a draft."""
    known = tomllib.loads(ENTRIES.read_text(encoding="utf-8"))["entry"]
    for place, each in enumerate(known, start=1):
        actor = at_agency(each["by"])
        texts = dict(each["texts"])
        original = next(iter(texts))
        about: dict[str, Any] = {name: each[name] for name in ("subjects", "competences") if name in each}
        about["ages_from"], about["ages_to"] = each["ages"]
        entry = draft_library_entry(actor=actor, kind=each["kind"], language=original, **about, **texts.pop(original))
        for language, words in texts.items():
            translate_library_entry(entry, actor=actor, language=language, **words)
        if place < len(known):
            publish_library_entry(entry, actor=actor)
