"""What follows for projects when the account of a founder ends."""

from backend.accounts.events import PersonFact
from backend.accounts.models import Person
from backend.eventlog.facts import Fact
from backend.eventlog.models import Event
from backend.eventlog.record import record
from backend.projects.events import FounderLost
from backend.projects.models import ProjectMember, ProjectRole, ProjectState


def tell_of_lost_founder(fact: Fact, event: Event) -> None:
    """For areas that end accounts, whoever did it and why."""
    assert isinstance(fact, PersonFact)
    lose_founder(fact.person)


def lose_founder(person: Person) -> None:
    """Of each open project: who can have the place handed over is told, and nobody why it is empty."""
    places = ProjectMember.objects.filter(person=person, role=ProjectRole.FOUNDER, project__state=ProjectState.OPEN)
    for place in places.select_related("project").order_by("pk"):
        record(FounderLost(place.project, place), actor=None)
