"""How many there are of everything, and which belongs to which: drawn once from a seed."""

import json
from array import array
from bisect import bisect
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

COUNTRIES = Path(__file__).parents[2] / "backend/config/demo/data/countries.json"
LARGEST = "FR"  # has a tenth of everything
NOW = datetime.now(UTC).replace(microsecond=0)
HUGE = 20  # workspaces
THREADS, RECENT = 4, 40  # threads a workspace; posts a workspace whose events are still kept
SPAN = timedelta(days=365 * 12)
# A row's kind is a part of its key.
KINDS = {"school": 1, "person": 2, "pupil": 3, "project": 4, "member": 5, "decision": 6, "room": 7, "membership": 8,
         "discussion": 9, "thread": 10, "post": 11, "event": 12}  # fmt: skip


@dataclass
class Scale:
    """Numbers of rows, and the drawings that all tables share; rows are known by their numbers."""

    factor: float
    chance: Random = field(default_factory=lambda: Random(20))

    def __post_init__(self) -> None:
        self.schools, self.staff = self.count(295_000), self.count(1_200_000)
        self.projects, self.members = self.count(160_000), self.count(500_000)
        self.rooms, self.pupils = self.count(60_000, 1_200), self.count(3_000_000)  # half of them open: lists of 500
        self.posts = self.count(5_000_000, 100_000)
        self.countries = list(json.loads(COUNTRIES.read_text()))
        self.many = {
            "school": self.schools, "person": self.staff, "pupil": self.pupils, "project": self.projects,
            "member": self.members * 2, "decision": self.projects * 2, "room": self.rooms,
            "membership": self.pupils + self.members, "discussion": self.rooms, "thread": self.rooms * THREADS,
            "post": self.posts, "event": self.projects * 4 + self.rooms * RECENT,
        }  # fmt: skip
        self._draw_schools()
        self._draw_projects()
        self._draw_rooms()

    def count(self, of: int, least: int = 200) -> int:
        return max(least, round(of * self.factor))

    def _draw_schools(self) -> None:
        weights = [1 / (place + 6) for place in range(len(self.countries))]
        order = [LARGEST, *(code for code in self.countries if code != LARGEST)]
        others = sum(weights[1:])
        weights = [0.1, *(0.9 * weight / others for weight in weights[1:])]
        self.countries = order
        steps = list(accumulate(weights))
        draw = self.chance.random
        last = len(order) - 1
        self.country_of_school = array("B", (min(last, bisect(steps, draw())) for _ in range(self.schools)))
        self.words_of_school: list[str] = []  # as they are written
        # square of a uniform number: some schools have many teachers, most have few
        self.school_of_person = array("I", (int(draw() * draw() * self.schools) for _ in range(self.staff)))

    def _draw_projects(self) -> None:
        draw = self.chance.random
        active = max(100, self.staff // 5)  # who founds and joins projects
        self.founders: list[tuple[int, int]] = []
        for _ in range(self.projects):
            one, other = int(draw() * active), int(draw() * active)
            while self.school_of_person[one] == self.school_of_person[other]:
                other = int(draw() * active)
            self.founders.append((one, other))
        further = max(0, self.members - 2 * self.projects)
        self.partners: dict[int, list[int]] = {}
        for _ in range(further):
            project, person = int(draw() ** 1.5 * self.projects), int(draw() * active)
            among = self.partners.setdefault(project, [])
            if person not in self.founders[project] and person not in among:
                among.append(person)

    def _draw_rooms(self) -> None:
        """The workspaces are those of the newest projects that were opened."""
        self.first_room = self.projects - self.rooms - self.count(8_000)
        if self.first_room < 0:
            self.first_room, self.rooms = 0, min(self.rooms, self.projects * 3 // 4)
        self.pupils_of_room = self._shares(self.pupils, largest=1_500)
        self.posts_of_room = self._shares(self.posts, largest=max(500, self.posts // 100))

    def _shares(self, total: int, *, largest: int) -> array:  # type: ignore[type-arg]
        """A total split over the workspaces: a few huge, the rest uneven."""
        huge = min(HUGE, self.rooms // 10 or 1)
        size = min(largest, total // (4 * huge))
        left = total - huge * size
        weights = [self.chance.random() ** 2 + 0.05 for _ in range(self.rooms - huge)]
        per = left / sum(weights)
        return array("I", [size] * huge + [int(weight * per) for weight in weights])

    def country_of_person(self, person: int) -> str:
        return self.countries[self.country_of_school[self.school_of_person[person]]]

    def moment(self, kind: str, number: int) -> datetime:
        """When the row came to be: higher numbers later, all before now."""
        return NOW - SPAN * (1 - min(number / self.many[kind], 0.9999))

    def key(self, kind: str, number: int) -> str:
        """A UUIDv7 that follows from kind and number, so that rows can point at each other without being kept."""
        ms = int(self.moment(kind, number).timestamp() * 1000)
        return f"{ms >> 16:08x}-{ms & 0xFFFF:04x}-7{KINDS[kind]:03x}-8000-{number:012x}"
