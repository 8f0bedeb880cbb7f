"""Notes of an office: who writes, reads and removes them, and that they go with the person."""

import pytest

from backend.accounts.models import Person
from backend.desk.models import Note
from backend.desk.notes import remove_note, write_note
from backend.eventlog.models import Event
from backend.privacy.actions import erase_person
from tests.factories.people import SchoolFactory, central, newcomer, officer, teacher
from tests.factories.projects import project
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def seen_by(*people: Person | None) -> list[int]:
    return [Note.objects.visible_to(person).count() for person in people]


def test_an_office_remembers_what_others_do_not_read() -> None:
    lou, ana = officer("FR"), teacher("FR")
    note = write_note(ana, actor=lou, text="  Call in May. ")
    assert (note.text, note.author, note.subject) == ("Call in May.", lou, ana)
    assert seen_by(lou, officer("FR", role="VIEWER"), central()) == [1, 1, 1]
    assert seen_by(officer("PL"), teacher("FR"), ana, None) == [0, 0, 0, 0]
    event = Event.objects.get(kind="note.written")
    assert (event.subject_id, event.data) == (ana.pk, {})


def test_each_office_of_a_project_has_its_own() -> None:
    rivers = project("PENDING_APPROVAL", founders=(teacher("FR"), teacher("PL")))
    write_note(rivers, actor=officer("FR"), text="Ours")
    write_note(rivers, actor=officer("PL"), text="Theirs")
    write_note(rivers, actor=central(), text="Europe’s")
    assert seen_by(officer("FR"), officer("PL"), central(), officer("DE")) == [1, 1, 3, 0]


def test_who_writes_nothing() -> None:
    school = SchoolFactory(country_id="FR")
    for actor in (officer("FR", role="VIEWER"), officer("PL"), teacher("FR", school=school)):
        with refused("not_permitted"):
            write_note(school, actor=actor, text="Hm")
    with refused("required"):
        write_note(school, actor=officer("FR"), text=" ")
    assert not Note.objects.exists()


def test_the_author_and_a_lead_remove_it() -> None:
    lou, person = officer("FR"), newcomer("FR")
    for actor in (officer("FR"), central(), officer("FR", role="VIEWER")):
        note = write_note(person, actor=lou, text="One")
        with refused("not_permitted"):
            remove_note(note, actor=actor)
    for note, actor in zip(Note.objects.all(), (lou, officer("FR", role="LEAD"), lou), strict=True):
        remove_note(note, actor=actor)
    assert not Note.objects.exists()


def test_a_note_goes_with_the_person() -> None:
    lou, ana = officer("FR"), teacher("FR")
    write_note(ana, actor=lou, text="Call in May.")
    erase_person(ana, actor=lou, reason="Asked for it")
    assert not Note.objects.exists()
