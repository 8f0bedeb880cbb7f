"""Looking for partners, asking and answering."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from backend.accounts.actions import update_profile
from backend.accounts.models import Person
from backend.core import clock
from backend.eventlog.models import Event
from backend.notifications.models import Notification
from backend.partners.actions import answer_contact, contacts, end_contact, request_contact, withdraw_contact
from backend.partners.models import ContactState, are_contacts
from backend.partners.search import MatchReason, match_reasons, search_teachers
from tests.factories.people import SchoolFactory, newcomer, officer, teacher
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def test_a_request_is_answered_once() -> None:
    one, other = teacher("FR"), teacher("PL")
    request = request_contact(other, actor=one, note="Shall we?")
    assert Notification.objects.get().recipient == other
    with pytest.raises(PermissionDenied):
        answer_contact(request, actor=one, accepts=True)
    assert answer_contact(request, actor=other, accepts=True).state == ContactState.ACCEPTED
    assert are_contacts(one, other)
    assert are_contacts(other, one)
    with pytest.raises(ValidationError) as again:
        answer_contact(request, actor=other, accepts=False)
    assert again.value.code == "contact_request_answered"


def test_who_cannot_be_asked() -> None:
    actor = teacher()
    refusals = {}
    asked = teacher("PL")
    request_contact(asked, actor=actor)
    for name, person in {"self": actor, "away": teacher(is_available=False), "asked": asked}.items():
        with pytest.raises(ValidationError) as refused:
            request_contact(person, actor=actor)
        refusals[name] = refused.value.error_dict["person"][0].code
    assert refusals == {"self": "self_contact", "away": "person_not_available", "asked": "contact_already_asked"}
    with pytest.raises(ValidationError):
        request_contact(actor, actor=asked)
    for person in (newcomer(), officer()):
        with pytest.raises(PermissionDenied):
            request_contact(person, actor=actor)
    assert Event.objects.count() == 1


def test_unanswered_requests_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contacts, "OPEN_REQUESTS", 2)
    actor = teacher()
    first = request_contact(teacher(), actor=actor)
    request_contact(teacher(), actor=actor)
    with pytest.raises(ValidationError) as refused:
        request_contact(teacher(), actor=actor)
    assert refused.value.code == "contact_requests_open"
    answer_contact(first, actor=first.recipient, accepts=False)
    assert request_contact(teacher(), actor=actor).state == ContactState.PENDING


def test_who_asked_takes_it_back() -> None:
    one, other = teacher("FR"), teacher("PL")
    request = request_contact(other, actor=one)
    with refused("not_permitted"):
        withdraw_contact(request, actor=other)
    assert withdraw_contact(request, actor=one).state == ContactState.WITHDRAWN
    with refused("contact_request_answered"):
        withdraw_contact(request, actor=one)
    assert request_contact(other, actor=one).state == ContactState.PENDING


def test_either_ends_a_contact() -> None:
    one, other, third = teacher("FR"), teacher("PL"), teacher("DE")
    request = request_contact(other, actor=one)
    with refused("not_in_contact"):
        end_contact(request, actor=one)
    answer_contact(request, actor=other, accepts=True)
    with refused("not_permitted"):
        end_contact(request, actor=third)
    assert end_contact(request, actor=other).state == ContactState.ENDED
    assert not are_contacts(one, other)
    assert Notification.objects.filter(event__kind="contact.ended").count() == 0
    assert request_contact(one, actor=other).state == ContactState.PENDING


def test_search_by_every_criterion() -> None:
    viewer = teacher("FR")
    school = SchoolFactory(country_id="PL", name="Szkoła", town="Gdańsk", region="Pomorskie", type="PRIMARY")
    wanted = teacher("PL", school=school, role="LIBRARIAN", ages_from=8, ages_to=11)
    update_profile(wanted, actor=wanted, presentation="Rivers and songs", languages=["en", "pl"], subjects=["MUSIC"])
    other = teacher("DE", is_available=False)

    def found(**criteria: object) -> list[object]:
        return list(search_teachers(viewer, **criteria).order_by("id"))  # type: ignore[arg-type]

    assert found() == [wanted, other]
    for criteria in (
        {"words": "gdansk RIVERS"}, {"countries": ["PL", "IT"]}, {"region": "Pomorskie"}, {"languages": ["pl"]},
        {"subjects": ["MUSIC"]}, {"age": 9}, {"school_type": "PRIMARY"}, {"role": "LIBRARIAN"}, {"available": True},
    ):  # fmt: skip
        assert found(**criteria) == [wanted], criteria
    assert found(age=12) == []
    Person.objects.filter(pk=wanted.pk).update(last_active=clock.now() - timedelta(days=3))
    today = clock.now().date()
    assert found(active_since=today - timedelta(days=4)) == [wanted]
    assert found(active_since=today) == []
    assert found(available=False) == [other]
    assert list(search_teachers(newcomer("FR"))) == []


def test_why_somebody_fits() -> None:
    viewer = teacher("FR", ages_from=10, ages_to=12)
    person = teacher("PL", ages_from=12, ages_to=15)
    for one, subjects in ((viewer, ["MUSIC", "ART"]), (person, ["MUSIC"])):
        update_profile(one, actor=one, languages=["en"], subjects=subjects)
    viewer.refresh_from_db()
    assert match_reasons(viewer, person, sizes=(300, 450)) == list(MatchReason)
    assert match_reasons(viewer, teacher("PL", is_available=False)) == []
    assert match_reasons(viewer, officer("PL"), sizes=(300, 300)) == []
    for sizes in ((300, 451), (300, None), (0, 0)):
        assert match_reasons(viewer, teacher("PL", is_available=False), sizes=sizes) == [], sizes
