"""The own profile, and whom somebody sees."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from backend.accounts.actions import update_profile
from backend.accounts.models import Person, PersonState
from backend.eventlog.models import Event
from tests.factories.people import PersonFactory, central, newcomer, officer, teacher
from tests.factories.projects import pupil, workspace

pytestmark = pytest.mark.django_db


def test_a_profile_is_changed_by_its_owner() -> None:
    person = teacher()
    update_profile(
        person, actor=person, presentation="I teach\r\nrivers.", subjects=["GEOGRAPHY"], languages=["fr", "en"],
        ages_from=11, ages_to=14, is_available=False,
    )  # fmt: skip
    person.refresh_from_db()
    assert person.presentation == "I teach\nrivers."
    assert {s.pk for s in person.subjects.all()} == {"GEOGRAPHY"}
    assert not person.is_available
    assert "rivers" in person.search_text
    assert Event.objects.get().kind == "person.updated"
    for other in (teacher(), officer()):
        with pytest.raises(PermissionDenied):
            update_profile(person, actor=other, presentation="Mine now")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"ages_from": 15, "ages_to": 12}, "ages_reversed"),
        ({"ages_from": 2}, "age_out_of_range"),
        ({"subjects": ["KNITTING"]}, "code_unknown"),
        ({"time_zone": "Mars/North"}, "time_zone_unknown"),
        ({"given_name": " "}, "required"),
    ],
)
def test_what_is_refused(values: dict[str, object], code: str) -> None:
    person = teacher()
    with pytest.raises(ValidationError) as refused:
        update_profile(person, actor=person, **values)  # type: ignore[arg-type]
    assert [e.code for errors in refused.value.error_dict.values() for e in errors] == [code]
    assert not Event.objects.exists()


def test_whom_each_reader_sees() -> None:
    room = workspace()
    one, other = (m.person for m in room.project.founders)
    child = pupil(room, actor=one)
    stranger = teacher("DE")
    waiting = newcomer("PL")
    readers = {
        "visitor": None,
        "teacher inside": one,
        "teacher outside": stranger,
        "pupil": child,
        "unvalidated": waiting,
        "officer FR": officer("FR"),
        "officer PL": officer("PL"),
        "officer DE": officer("DE"),
        "central": central(),
    }
    watched = {"one": one, "other": other, "child": child, "stranger": stranger, "waiting": waiting}
    seen = {
        name: {label for label, p in watched.items() if Person.objects.visible_to(viewer).filter(pk=p.pk).exists()}
        for name, viewer in readers.items()
    }
    assert seen == {
        "visitor": set(),
        "teacher inside": {"one", "other", "child", "stranger"},
        "teacher outside": {"one", "other", "stranger"},
        "pupil": {"one", "other", "child"},
        "unvalidated": {"waiting"},
        "officer FR": {"one", "other"},
        "officer PL": {"one", "other", "waiting"},
        "officer DE": {"stranger"},
        "central": {"one", "other", "stranger", "waiting"},
    }


def test_a_suspended_teacher_disappears_from_search() -> None:
    gone = PersonFactory(state=PersonState.SUSPENDED)
    assert not Person.objects.visible_to(teacher()).filter(pk=gone.pk).exists()
