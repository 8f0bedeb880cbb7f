"""Names of schools and towns as people write them, from registers that shout."""

import re
from collections.abc import Iterator

from backend.schools.register.profile import Profile

ORDINAL = re.compile(r"\d+(ER|RE|E|ÈME|EME)")
EDGES = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)


def readable_name(name: str, profile: Profile) -> str:
    """LYCÉE PROFESSIONNEL JEAN D'ARC becomes Lycée professionnel Jean d'Arc; a name in mixed case stays."""
    name = _repaired(name, profile)
    if name != name.upper():
        return name
    return " ".join(_recased(name.split(" "), profile, common=set(profile.common)))


def readable_town(town: str, profile: Profile) -> str:
    """The town alone, without the marks of a sorting office."""
    town = _repaired(town, profile)
    for pattern in profile.town_cuts:
        town = re.sub(pattern, "", town, flags=re.IGNORECASE)
    words = town.split(" ")
    recased = _recased([word.upper() for word in words], profile, common=set())
    return " ".join(new if _is_flat(old, profile) else old for old, new in zip(words, recased, strict=True))


def _is_flat(word: str, profile: Profile) -> bool:
    """All in capitals; all small counts only where we know the language's particles."""
    parts = [part for part in re.split(r"\W", word) if len(part) > 1]
    flat = any(part.isupper() for part in parts)
    return flat or (bool(profile.particles) and bool(parts) and any(part.islower() for part in parts))


def _repaired(text: str, profile: Profile) -> str:
    for pattern, replacement in profile.repairs:
        text = re.sub(pattern, replacement, text)
    return text


def _recased(words: list[str], profile: Profile, common: set[str]) -> Iterator[str]:
    before = ""
    for number, word in enumerate(words):
        yield "-".join(
            _part(part, profile, common if "-" not in word else set(), _is_start(number, place, before, profile))
            for place, part in enumerate(word.split("-"))
        )
        before = word.lower()


def _is_start(number: int, place: int, before: str, profile: Profile) -> frozenset[str]:
    """Which small words take a capital here: at the start all, after a noun the articles."""
    if number == place == 0:
        return frozenset([*profile.particles, *profile.articles, *profile.elided, *profile.common])
    if place == 0 and before not in profile.particles:
        return frozenset(profile.articles)
    return frozenset()


def _part(part: str, profile: Profile, common: set[str], raised: frozenset[str]) -> str:
    head, mark, tail = re.match(r"([^'’]*)(['’]?)(.*)", part, re.DOTALL).groups()  # type: ignore[union-attr]
    if mark and head.lower() in profile.elided:
        head = head.lower() if head.lower() not in raised else head
        return head + mark + _part(tail, profile, common, frozenset())
    if mark and len(tail) == 1:
        return _word(head, profile, common, raised) + mark + tail.lower()
    if mark:
        return _word(head, profile, common, raised) + mark + _part(tail, profile, common, frozenset())
    return _word(part, profile, common, raised)


def _word(word: str, profile: Profile, common: set[str], raised: frozenset[str]) -> str:
    before, core, after = EDGES.match(word).groups()  # type: ignore[union-attr]
    small = core.lower()
    if ORDINAL.fullmatch(core):
        core = small
    elif core in profile.capitals or any(not c.isalpha() for c in core):
        pass
    elif small not in raised and (small in common or small in profile.particles or small in profile.articles):
        core = small
    else:
        core = core[:1] + core[1:].lower()
    return f"{before}{core}{after}"
