"""What all builders share: chance from a seed, dates relative to now, and rows waiting to be stored together."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db.models import Model

from backend.accounts.models import Person
from backend.accounts.words import found_at
from backend.config.demo.ground.chronicle import Chronicle
from backend.config.demo.ground.storing import keeping_dates, know
from backend.core import clock
from backend.core.models import set_fields
from backend.eventlog.facts import Fact
from backend.schools.models import School

PASSWORD = "welcome-to-etwinning"  # noqa: S105 (printed for everybody)
# The officers' second factor, for an authenticator app.
SECRET = "TWIN TWIN TWIN TWIN TWIN TWIN TWIN TWIN"  # noqa: S105 (printed for everybody)
BATCH = 2_000
SATURDAY, NIGHT = 5, 20

T = TypeVar("T")


@dataclass
class World:
    """The demo Europe while it is being made."""

    seed: int
    scale: float
    now: datetime = field(default_factory=clock.now)
    chronicle: Chronicle = field(default_factory=Chronicle)
    schools: dict[str, list[School]] = field(default_factory=dict)
    officers: dict[str, list[Person]] = field(default_factory=dict)  # those who decide
    teachers: list[Person] = field(default_factory=list)  # validated
    logins: Counter[tuple[str, str]] = field(default_factory=Counter)
    story: dict[str, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)
        self.password = make_password(PASSWORD)  # one for all: hashing thousands would take minutes
        self._rows: dict[type[Model], list[Model]] = {}

    def count(self, of: int, least: int = 1) -> int:
        return max(least, round(of * self.scale))

    def pick(self, of: Sequence[T]) -> T:
        return self.chance.choice(of)

    def some(self, of: Sequence[T], least: int, most: int) -> list[T]:
        """A few different ones, in their order."""
        most = min(most, len(of))
        chosen = set(self.chance.sample(range(len(of)), self.chance.randint(min(least, most), most)))
        return [item for place, item in enumerate(of) if place in chosen]

    def happens(self, probability: float) -> bool:
        return self.chance.random() < probability

    def ago(self, least: float, most: float) -> datetime:
        """Some days back, on a working day when there is room."""
        days = self.chance.uniform(least, most)
        when = self.now - timedelta(days=days)
        if days > 2 and when.weekday() >= SATURDAY:
            when -= timedelta(days=2)
        return self.awake(when)

    def after(self, start: datetime, least: float, most: float) -> datetime:
        """Some days later, but before now."""
        when = start + timedelta(days=self.chance.uniform(least, most))
        if when >= self.now:
            when = start + (self.now - start) * self.chance.uniform(0.2, 0.9)
        return self.awake(when)

    def awake(self, when: datetime) -> datetime:
        """Nobody works at night: what would happen then happens in the next morning, in the same order."""
        morning = when.replace(hour=6, minute=0, second=0, microsecond=0)
        if when.hour >= NIGHT:
            morning += timedelta(days=1)
        if when < morning:
            later = morning + (when - morning + timedelta(hours=10)) / 5
        else:
            later = morning + timedelta(hours=2) + (when - morning) * (12 / 14)
        return later if later < self.now else when

    def tell(self, fact: Fact, actor: Person | None, at: datetime) -> None:
        """A fact for the event log; whoever does something is active."""
        self.chronicle.note(fact, actor=actor, at=at)
        if actor and actor.last_active and actor.last_active < at:
            actor.last_active = at

    def key(self, when: datetime) -> UUID:
        """A key as it would have been made at that time (UUIDv7), from the seed."""
        stamp = int(when.timestamp() * 1000)
        high, low = self.chance.getrandbits(12), self.chance.getrandbits(62)
        return UUID(int=stamp << 80 | 7 << 76 | high << 64 | 2 << 62 | low)

    def dated(self, when: datetime) -> dict[str, Any]:
        return {"id": self.key(when), "created_at": when, "updated_at": when}

    def add(self, row: Any) -> Any:
        """Keep a row to be stored; rows of a kind are stored in one go, kinds in the order they first came."""
        self._rows.setdefault(type(row), []).append(row)
        return row

    def link(self, owner: Model, name: str, codes: Sequence[str]) -> None:
        """Rows of a many-to-many table, and the same in memory."""
        manager = getattr(type(owner), name)
        through, target = manager.through, manager.rel.model
        owner_field, target_field = owner._meta.model_name, target._meta.model_name
        for code in codes:
            self.add(through(**{f"{owner_field}_id": owner.pk, f"{target_field}_id": code}))
        know(owner, name, [target(code=code) for code in codes])

    def store(self) -> Iterator[tuple[str, int]]:
        """Write everything kept, kind by kind; says what was written."""
        for model, rows in self._rows.items():
            for row in rows:
                if isinstance(row, Person):
                    set_fields(row, **found_at(row.school, row.search_text))
            with keeping_dates(model):
                model._default_manager.bulk_create(rows, batch_size=BATCH)
            yield str(model._meta.verbose_name_plural), len(rows)
        self._rows.clear()
