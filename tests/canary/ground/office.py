"""What an agency writes: messages to many, kept filters, ready texts, and what was decided in its place."""

from typing import Any

from backend.agencies.models import Agency, ReadyText, StandIn
from backend.mailings.models import LetterState, Mailing, MailingAudience, MailingLetter, MailingState, MailingText


def office(world: Any) -> None:
    """France has one of each; its message reached the teacher outside."""
    agency, by = Agency.objects.get(country="FR"), world.people["officer_own"]
    for name, state in (("of FR", MailingState.DRAFT), ("got by teacher_out", MailingState.SENT)):
        mailing = Mailing.objects.create(agency=agency, title="News", language="en", state=state, written_by=by)
        MailingText.objects.create(mailing=world.named(mailing, name), language="en", subject="News", body="Come")
    person = world.people["teacher_out"]
    MailingLetter.objects.create(mailing=mailing, person=person, address=person.email, state=LetterState.TOLD)
    world.named(MailingAudience.objects.create(agency=agency, name="Rural"), "FR")
    world.named(
        ReadyText.objects.create(agency=agency, use="PERSON_REJECTED", language="en", title="No", text="No"), "FR"
    )
    world.named(StandIn.objects.create(agency=agency, actor=world.people["central"], reason="Holidays"), "FR")
