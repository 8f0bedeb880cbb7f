"""The policy table, and what was read compared with it."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from tests.canary.ground.world import ACTORS
from tests.canary.marks import Marks, Origin
from tests.canary.reading import Readings

FOLDER = Path(__file__).with_name("policy")
EMPTY: tuple[Any, ...] = (None, "", [])


class Policy:
    """Rows by type: `seen` says who sees things of a place, `fields` what goes with that, `only` what does not."""

    def __init__(self) -> None:
        self.types: dict[str, Any] = {}
        for file in sorted(FOLDER.glob("*.toml")):
            self.types |= tomllib.loads(file.read_text())
        self.general = self.types.pop("general")
        self.addresses: dict[str, Any] = self.types.pop("addresses")
        self.subscriptions: dict[str, dict[str, str]] = self.types.pop("subscriptions")
        self.memo: dict[tuple[str, str], frozenset[str]] = {}

    def knows(self, pair: str) -> bool:
        kind, _, name = pair.partition(".")
        row = self.types.get(kind, {})
        return name in row.get("fields", "").split() or name in row.get("only", {})

    def given_by(self, way: str) -> set[str]:
        """The (type, field) that no query gives, only these."""
        rows = ((kind, row) for kind, row in self.types.items() if row.get("by") == way)
        return {f"{kind}.{name}" for kind, row in rows for name in (*row["fields"].split(), *row.get("only", {}))}

    def who(self, pair: str, place: str) -> frozenset[str]:
        """The actors who read this field of things of this place."""
        if (pair, place) not in self.memo:
            self.memo[pair, place] = self._match(self.table(pair), place)
        return self.memo[pair, place]

    def table(self, pair: str) -> dict[str, str]:
        kind, _, name = pair.partition(".")
        row = self.types[kind]
        found: dict[str, str] = row.get("only", {}).get(name, row.get("seen", {}))
        return found

    def _match(self, table: dict[str, str], place: str) -> frozenset[str]:
        pattern = place if place in table else next((each for each in table if fnmatch(place, each)), None)
        return self.actors(table[pattern]) if pattern else frozenset()

    def actors(self, words: str) -> frozenset[str]:
        """Those behind the words; without those behind words with a minus."""
        without = {actor for word in words.split() if word[0] == "-" for actor in self._actors(word[1:])}
        return frozenset(self._actors(" ".join(word for word in words.split() if word[0] != "-"))) - without

    def _actors(self, words: str) -> Iterator[str]:
        for word in words.split():
            if word in self.general["groups"]:
                yield from self._actors(self.general["groups"][word])
            else:
                assert word in ACTORS, f"The policy names an unknown actor: {word}"
                yield word

    def finds_all(self, actor: str, pair: str, thing: Any) -> bool:
        """Whether this way must lead somebody to all that they may see."""
        narrow = self.general["narrow"]
        who = narrow.get(pair, narrow.get(thing)) if isinstance(thing, str) else narrow.get(pair)
        return who is None or actor in self._actors(who)

    def is_word(self, pair: str) -> bool:
        """Words that are everybody's, wherever they stand: not reading them is not reading what they stand at."""
        return bool(self.types[pair.partition(".")[0]].get("words"))

    def tells(self, pair: str) -> list[str]:
        """The models whose texts this field may hold besides those of the thing itself."""
        told: str = self.general["tells"].get(pair, "")
        return told.split()


class Comparison:
    """All actors' readings against the policy."""

    def __init__(self, policy: Policy, places: dict[Any, str], readings: dict[str, Readings]) -> None:
        self.policy, self.places, self.readings = policy, places, readings
        self.real: dict[str, set[Any]] = defaultdict(set)  # the things of which somebody read something there
        for read in readings.values():
            for pair, things in read.values.items():
                self.real[pair] |= {thing for thing, values in things.items() if _has(values)}

    def place(self, thing: Any) -> str:
        return self.places.get(thing, thing if isinstance(thing, str) else "unknown")

    def extra(self) -> Iterator[str]:
        """What somebody reads and should not."""
        for actor, read in self.readings.items():
            for pair, things in read.values.items():
                for thing in things:
                    seen = self.policy.knows(pair) and _has(things[thing])
                    if seen and actor not in self.policy.who(pair, self.place(thing)):
                        yield f"{actor} reads {pair} of {self.place(thing)}"

    def missing(self) -> Iterator[str]:
        """What somebody should read and does not."""
        for pair, things in self.real.items():
            for thing in things if self.policy.knows(pair) and not self.policy.is_word(pair) else ():
                for actor in self.policy.who(pair, self.place(thing)):
                    if actor in self.readings and not _has(self.readings[actor].values[pair].get(thing, [])):
                        yield f"{actor} does not read {pair} of {self.place(thing)}"

    def lost(self) -> Iterator[str]:
        """A way from a thing to another that somebody does not find, though they see both."""
        every: dict[str, set[Any]] = defaultdict(set)
        for read in self.readings.values():
            for pair, ways in read.ways.items():
                every[pair] |= ways
        for pair, ways in every.items():
            for actor, read in self.readings.items():
                for thing, target in ways - read.ways[pair] if self.policy.knows(pair) else ():
                    if self.place(target) == actor or not self.policy.finds_all(actor, pair, thing):
                        continue
                    sees = actor in self.policy.who(f"{target[0]}.id", self.place(target))
                    if sees and actor in self.policy.who(pair, self.place(thing)):
                        yield f"{actor} does not find {target[0]} of {self.place(target)} by {pair} of {self.place(thing)}"

    def foreign(self, marks: Marks) -> Iterator[str]:
        """Texts of another thing than the one that was read, unless the policy says that the field tells them."""
        for actor, read in self.readings.items():
            for pair, things in read.values.items():
                for thing, values in things.items():
                    for origin in marks.found_in(values):
                        own = isinstance(thing, tuple) and str(origin.key) == thing[1]
                        if not own and not self._is_told(actor, pair, origin):
                            told = self.place((origin.model, str(origin.key)))
                            yield f"{actor} reads {origin.model}.{origin.field} of {told} in {pair} of {self.place(thing)}"

    def _is_told(self, actor: str, pair: str, origin: Origin) -> bool:
        tells = self.policy.tells(pair)
        if f"{origin.model}!" in tells:
            return True
        place = self.place((origin.model, str(origin.key)))
        if "officers" in tells and origin.model == "Person" and place.startswith(("officer", "central", "lead")):
            return True
        return origin.model in tells and actor in self.policy.who(f"{origin.model}.id", place)

    def unused(self, pairs: Iterable[str]) -> Iterator[str]:
        """Rows of the table by which nobody read anything."""
        for pair in pairs:
            led = {thing for read in self.readings.values() for thing, _ in read.ways[pair]}
            for place, who in self.policy.table(pair).items():
                if who and not any(fnmatch(self.place(thing), place) for thing in self.real[pair] | led):
                    yield f"nobody reads {pair} of {place}"

    def pairs(self) -> set[str]:
        """Each (type, field) of which somebody read something."""
        led = {pair for read in self.readings.values() for pair, ways in read.ways.items() if ways}
        return led | {pair for pair, things in self.real.items() if things}

    def cells(self) -> Counter[str]:
        """Fields of things that were compared, by actor."""
        return Counter({actor: sum(map(len, self.real.values())) for actor in self.readings})


def _has(values: Iterable[Any]) -> bool:
    return any(value not in EMPTY for value in values)


def drafted(comparison: Comparison, pairs: Iterable[str]) -> str:
    """Rows as they would have to be for what was read: to paste, once somebody has looked at them."""
    kinds: dict[str, dict[str, dict[str, set[str]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    for pair in sorted(pairs):
        kind, _, name = pair.partition(".")
        kinds[kind][name]
        for actor, read in comparison.readings.items():
            for thing, values in read.values.get(pair, {}).items():
                if _has(values):
                    kinds[kind][name][comparison.place(thing)].add(actor)
    return "\n".join(_row(kind, fields) for kind, fields in kinds.items())


def _row(kind: str, fields: dict[str, dict[str, set[str]]]) -> str:
    main = fields.get("id") or max(fields.values(), key=lambda f: sum(map(len, f.values())))
    plain = [name for name, seen in fields.items() if all(actors == main[place] for place, actors in seen.items())]
    text = [f"[{kind}]", f'fields = "{" ".join(plain)}"', f"seen = {{ {_table(main)} }}"]
    others = [f"only.{name} = {{ {_table(seen)} }}" for name, seen in fields.items() if name not in plain]
    return "\n".join([*text, *others, ""])


def _table(seen: dict[str, set[str]]) -> str:
    by_actors: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for place, actors in sorted(seen.items()):
        by_actors[tuple(a for a in ACTORS if a in actors)].append(place)
    return ", ".join(f'"{p}" = "{" ".join(a)}"' for a, places in by_actors.items() for p in places)
