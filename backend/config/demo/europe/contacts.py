"""Contacts: whoever works together asked before; some requests wait, some were declined."""

from datetime import datetime

from backend.accounts.models import Person
from backend.config.demo.ground.texts import phrases
from backend.config.demo.ground.world import World
from backend.partners.events import ContactAccepted, ContactDeclined, ContactRequested
from backend.partners.models import ContactRequest, ContactState

OTHERS = 700  # requests that led to no project (yet)


class Contacts:
    """Who is in contact with whom, so that nobody asks twice."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.pairs: set[frozenset[Person]] = set()

    def between(self, one: Person, other: Person, before: datetime) -> None:
        """They are contacts by then."""
        if frozenset((one, other)) in self.pairs:
            return
        start = max(one.state_since, other.state_since)
        asked = start + (before - start) * self.world.chance.uniform(0.5, 0.8)
        answered = asked + (before - asked) * self.world.chance.uniform(0.1, 0.9)
        self._request(one, other, asked, ContactState.ACCEPTED, answered)

    def build_others(self) -> None:
        """Requests between available people: most accepted, some declined, recent ones waiting."""
        world = self.world
        available = [person for person in world.teachers if person.is_available]
        for _ in range(world.count(OTHERS)):
            one, other = world.pick(available), world.pick(available)
            if one is other or frozenset((one, other)) in self.pairs:
                continue
            start = max(one.state_since, other.state_since)
            if world.happens(0.35):
                asked = world.after(max(start, world.ago(6, 12)), 0, 6)
                self._request(one, other, asked, ContactState.PENDING, None)
            else:
                asked = world.after(start, 0.5, 400)
                state = ContactState.ACCEPTED if world.happens(0.8) else ContactState.DECLINED
                self._request(one, other, asked, state, world.after(asked, 0.1, 5))

    def _request(
        self, one: Person, other: Person, asked: datetime, state: ContactState, answered: datetime | None
    ) -> None:
        world = self.world
        self.pairs.add(frozenset((one, other)))
        note = world.pick(phrases()["notes"]).format(town=one.school.town if one.school else "")
        request = ContactRequest(
            **{**world.dated(asked), "updated_at": answered or asked}, sender=one, recipient=other, note=note,
            state=state, answered_at=answered,
        )  # fmt: skip
        world.add(request)
        world.tell(ContactRequested(request), one, asked)
        if answered:
            fact = ContactAccepted if state == ContactState.ACCEPTED else ContactDeclined
            world.tell(fact(request), other, answered)
