"""What follows for an agency when something happens to schools."""

from backend.agencies.letters import mail_principal
from backend.core import clock
from backend.eventlog.facts import Fact
from backend.eventlog.models import Event
from backend.schools.events import SchoolJoined
from backend.schools.models import School


def tell_principal(fact: Fact, event: Event) -> None:
    """The first of a school's staff has come: the principal gets the one notice, whoever comes later."""
    assert isinstance(fact, SchoolJoined)
    untold = School.objects.filter(pk=fact.school.pk, principal_told_at=None).exclude(principal_email="")
    if event.actor and untold.update(principal_told_at=clock.now()):
        mail_principal(fact.school, proposer=event.actor)
