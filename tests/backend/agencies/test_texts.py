"""Ready texts of an agency."""

from typing import Any

import pytest

from backend.agencies.actions.texts import remove_text, write_text
from backend.agencies.models import ReadyText
from backend.eventlog.models import Event, EventCountry
from tests.factories.people import central, officer, teacher
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db
GIVEN: dict[str, Any] = {
    "use": "PERSON_REJECTED", "language": "fr", "title": "Pas enseignant", "text": "Vous n’enseignez pas.",
}  # fmt: skip


def test_an_officer_keeps_a_text_ready_and_colleagues_are_offered_it() -> None:
    desk = officer("FR")
    ready = write_text(desk.officer.agency, actor=desk, **GIVEN)
    again = write_text(desk.officer.agency, actor=desk, ready=ready, **{**GIVEN, "text": " Non. "})
    assert (again.pk, again.text) == (ready.pk, "Non.")
    for who in (officer("FR", role="VIEWER"), officer("FR", role="LEAD")):
        assert list(ReadyText.objects.offered(who, "PERSON_REJECTED", "INFORMATION_REQUESTED")) == [ready]
        assert not ReadyText.objects.offered(who, "MESSAGE").exists()
    for who in (officer("DE"), central(), teacher("FR")):
        assert not ReadyText.objects.visible_to(who).exists()
    event = Event.objects.filter(kind="agency.text_written").first()
    assert event is not None
    assert event.data == {"text": str(ready.pk), "use": "PERSON_REJECTED"}
    assert EventCountry.objects.get(event=event).country_id == "FR"
    remove_text(ready, actor=desk)
    assert not ReadyText.objects.exists()
    assert Event.objects.filter(kind="agency.text_removed").count() == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"use": "DINNER"}, "code_unknown"),
        ({"language": "xx"}, "code_unknown"),
        ({"title": " "}, "required"),
        ({"text": " "}, "required"),
        ({"title": "A" * 161}, "too_long"),
        ({}, "text_title_taken"),
    ],
)
def test_refused_texts(wrong: dict[str, str], code: str) -> None:
    desk = officer("FR")
    write_text(desk.officer.agency, actor=desk, **GIVEN)
    with refused(code):
        write_text(desk.officer.agency, actor=desk, **{**GIVEN, **wrong})
    assert ReadyText.objects.count() == 1


def test_nobody_else_writes_them() -> None:
    desk = officer("FR")
    ready = write_text(desk.officer.agency, actor=desk, **GIVEN)
    for who in (officer("FR", role="VIEWER"), officer("DE"), central(), teacher("FR")):
        with refused("not_permitted"):
            write_text(desk.officer.agency, actor=who, **{**GIVEN, "title": "Other"})
        with refused("not_permitted"):
            remove_text(ready, actor=who)
    german = officer("DE")
    with refused("not_permitted"):
        write_text(german.officer.agency, actor=german, ready=ready, **GIVEN)
    assert ReadyText.objects.get() == ready
