"""What follows for an agency when something happens to schools, or is decided in its stead."""

from backend.accounts.models import PersonKind
from backend.agencies.events import AgencyRepresented
from backend.agencies.letters import mail_principal
from backend.agencies.models import StandIn
from backend.core import clock
from backend.core.models import change
from backend.eventlog.facts import Fact
from backend.eventlog.models import Event
from backend.eventlog.record import record
from backend.schools.events import SchoolJoined
from backend.schools.models import School


def tell_principal(fact: Fact, event: Event) -> None:
    """The first of a school's staff has come: the principal gets the one notice, whoever comes later."""
    assert isinstance(fact, SchoolJoined)
    untold = School.objects.filter(pk=fact.school.pk, principal_told_at=None).exclude(principal_email="")
    if event.actor and untold.update(principal_told_at=clock.now()):
        mail_principal(fact.school, proposer=event.actor)


def tell_represented(fact: Fact, event: Event) -> None:
    """The central service has decided in an agency's stead: the decision takes its reason, and the agency is told."""
    if event.actor is None or event.actor.kind != PersonKind.OFFICER or isinstance(fact, AgencyRepresented):
        return
    for stand_in in StandIn.objects.filter(actor=event.actor, event=None).select_related("agency"):
        change(stand_in, event=event)
        record(AgencyRepresented(stand_in.agency, {"event": str(event.pk), "kind": event.kind}), actor=event.actor)
