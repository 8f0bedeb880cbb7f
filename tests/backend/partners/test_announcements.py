"""Looking for partners in public."""

from datetime import timedelta

import pytest

from backend.core import clock
from backend.eventlog.models import Event
from backend.partners.actions import close_announcement, edit_announcement, post_announcement
from backend.partners.models import Announcement
from backend.partners.search import search_announcements
from tests.factories.people import newcomer, officer, teacher
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def test_one_open_announcement_a_topic() -> None:
    author = teacher("FR")
    first = post_announcement(actor=author, title="  Rivers &  bridges ", text="Who?", countries=["PL"], ages_from=10)
    assert (first.title, first.topic) == ("Rivers & bridges", "rivers bridges")
    assert first.until - clock.now() == pytest.approx(timedelta(days=90), abs=timedelta(seconds=5))
    assert [country.code for country in first.countries.all()] == ["PL"]
    with refused("announcement_open_already"):
        post_announcement(actor=author, title="RIVERS, bridges", text="Again")
    post_announcement(actor=teacher("FR"), title="Rivers & bridges", text="Somebody else's")
    close_announcement(first, actor=author)
    again = post_announcement(actor=author, title="Rivers & bridges", text="Again")
    assert Announcement.objects.open().filter(author=author).get() == again


def test_what_cannot_be_announced() -> None:
    author, now = teacher("FR"), clock.now()
    for code, values in {
        "required": {"text": " "},
        "too_long": {"title": "x" * 161},
        "ages_reversed": {"ages_from": 12, "ages_to": 8},
        "code_unknown": {"subjects": ["MAGIC"]},
        "announcement_too_long": {"until": now + timedelta(days=91)},
    }.items():
        with refused(code):
            post_announcement(actor=author, **{"title": "Rivers", "text": "Who?", **values})  # type: ignore[arg-type]
    with refused("announcement_too_long"):
        post_announcement(actor=author, title="Rivers", text="Who?", until=now - timedelta(days=1))
    with refused("person_not_validated"):
        post_announcement(actor=newcomer(), title="Rivers", text="Who?")
    assert (Announcement.objects.count(), Event.objects.count()) == (0, 0)


def test_it_is_edited_while_it_is_open() -> None:
    author = teacher("FR")
    found = post_announcement(actor=author, title="Rivers", text="Who?", subjects=["MUSIC"])
    with refused("not_permitted"):
        edit_announcement(found, actor=teacher("PL"), title="Mine")
    edit_announcement(found, actor=author, text="Who comes along?", subjects=["ART"])
    found.refresh_from_db()
    assert (found.title, found.text, found.search_text) == ("Rivers", "Who comes along?", "rivers who comes along")
    assert [subject.pk for subject in found.subjects.all()] == ["ART"]
    close_announcement(found, actor=author)
    for rule in (edit_announcement, close_announcement):
        with refused("announcement_closed"):
            rule(found, actor=author)


def test_who_reads_it() -> None:
    author = teacher("FR")
    found = post_announcement(actor=author, title="Rivers", text="Who?")
    readers = [author, teacher("PL"), newcomer(), officer("FR"), None]
    reads = [Announcement.objects.visible_to(reader).filter(pk=found.pk).exists() for reader in readers]
    assert reads == [True, True, False, False, False]
    Announcement.objects.update(until=clock.now())
    assert not search_announcements(Announcement.objects.visible_to(readers[1])).exists()
    assert Announcement.objects.visible_to(author).exists()


def test_search() -> None:
    author = teacher("FR")
    wide = post_announcement(actor=author, title="Rivers", text="From spring to sea", ages_from=6, ages_to=9)
    near = post_announcement(
        actor=author, title="Łódź", text="Bridges", countries=["PL"], languages=["en"], subjects=["ART"]
    )
    everything = Announcement.objects.visible_to(teacher("PL"))

    def keys(**criteria: object) -> list[Announcement]:
        return list(search_announcements(everything, **criteria).order_by("id"))  # type: ignore[arg-type]

    assert keys(country="FR") == keys(wanted="PL") == [wide, near]
    assert keys(wanted="DE") == keys(age=7) == keys(words="SPRING") == [wide]
    assert keys(words="bridges") == keys(languages=["en", "de"]) == keys(subjects=["ART"]) == [near]
    assert keys(country="DE") == []
