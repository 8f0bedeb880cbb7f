"""Keeping somebody away, without telling them."""

import pytest

from backend.eventlog.models import Event
from backend.notifications.models import Notification
from backend.partners.actions import (
    answer_contact,
    block_person,
    post_announcement,
    request_contact,
    send_message,
    unblock_person,
)
from backend.partners.models import Announcement, Block, ContactState, are_contacts
from backend.partners.search import search_teachers
from tests.factories.people import officer, teacher
from tests.factories.projects import contacts
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def test_nothing_passes_between_the_two() -> None:
    one, other = teacher("FR"), teacher("PL")
    contacts(one, other)
    mine = post_announcement(actor=one, title="Rivers", text="Who?")
    theirs = post_announcement(actor=other, title="Bridges", text="Who?")
    block_person(other, actor=one)
    assert not are_contacts(one, other)
    assert set(search_teachers(one)) == set(search_teachers(other)) == set()
    assert list(Announcement.objects.visible_to(one)) == [mine]
    assert list(Announcement.objects.visible_to(other)) == [theirs]
    with refused("message_not_possible"):
        send_message(one, actor=other, text="Hello?")
    with refused("person_not_available"):
        request_contact(one, actor=other)
    for attempt in (lambda: send_message(other, actor=one, text="No"), lambda: request_contact(other, actor=one)):
        with refused("person_blocked"):
            attempt()


def test_the_other_is_not_told() -> None:
    one, other = teacher("FR"), teacher("PL")
    block = block_person(other, actor=one)
    event = Event.objects.get(kind="person.blocked")
    assert not event.countries.exists()
    assert not Notification.objects.exists()
    assert list(Block.objects.visible_to(other)) == []
    assert list(Block.objects.visible_to(one)) == [block]


def test_waiting_requests_come_to_an_end() -> None:
    one, other = teacher("FR"), teacher("PL")
    sent, received = request_contact(other, actor=one), request_contact(one, actor=teacher("DE"))
    block_person(other, actor=one)
    block_person(received.sender, actor=one)
    sent.refresh_from_db()
    received.refresh_from_db()
    assert (sent.state, received.state) == (ContactState.WITHDRAWN, ContactState.DECLINED)


def test_who_can_be_kept_away() -> None:
    one, other = teacher("FR"), teacher("PL")
    with refused("self_contact"):
        block_person(one, actor=one)
    with refused("not_permitted"):
        block_person(officer("FR"), actor=one)
    block = block_person(other, actor=one)
    with refused("already_blocked"):
        block_person(other, actor=one)
    with refused("not_permitted"):
        unblock_person(block, actor=other)
    assert unblock_person(block, actor=one) == other
    assert not Block.objects.exists()
    request = request_contact(one, actor=other)
    assert answer_contact(request, actor=one, accepts=True).state == ContactState.ACCEPTED
