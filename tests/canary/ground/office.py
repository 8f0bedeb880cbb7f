"""What an agency writes: messages to many, kept filters, ready texts, and what was decided in its place."""

from datetime import timedelta
from typing import Any

from backend.agencies.models import Agency, ReadyText, StandIn
from backend.core import clock
from backend.desk.actions import assign_case, save_view
from backend.desk.cases import Case
from backend.desk.models import Queue
from backend.desk.notes import write_note
from backend.mailings.models import LetterState, Mailing, MailingAudience, MailingLetter, MailingState, MailingText


def office(world: Any) -> None:
    """France has one of each; its message reached the teacher outside."""
    agency, by = Agency.objects.get(country="FR"), world.people["officer_own"]
    states = {
        "of FR": MailingState.DRAFT,
        "soon from FR": MailingState.SCHEDULED,
        "got by teacher_out": MailingState.SENT,
    }
    soon = clock.now() + timedelta(minutes=10)
    for name, state in states.items():
        mailing = Mailing.objects.create(
            agency=agency,
            title="News",
            language="en",
            state=state,
            written_by=by,
            send_at=soon,
            criteria={"region": "South"},
        )
        MailingText.objects.create(mailing=world.named(mailing, name), language="en", subject="News", body="Come")
    person = world.people["teacher_out"]
    MailingLetter.objects.create(mailing=mailing, person=person, address=person.email, state=LetterState.TOLD)
    world.named(MailingAudience.objects.create(agency=agency, name="Rural", criteria={"region": "South"}), "FR")
    world.named(
        ReadyText.objects.create(agency=agency, use="PERSON_REJECTED", language="en", title="No", text="No"), "FR"
    )
    world.named(StandIn.objects.create(agency=agency, actor=world.people["central"], reason="Holidays"), "FR")
    world.named(assign_case(Case(Queue.PEOPLE, world.people["unvalidated"]), actor=by, officer=by), "FR")
    world.named(write_note(world.people["unvalidated"], actor=by, text="Call again"), "FR")
    world.named(save_view(actor=by, queue="people", name="Mine", query="state=new"), "officer_own")
    for country in ("FR", "DE"):
        world.named(world.people[f"lead {country}"].officer, f"lead {country}")
