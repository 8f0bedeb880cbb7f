"""The proof finds what is wrong, the rebuilding puts it right, and reading is the same folded or not."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from backend.core import clock
from backend.monitoring.models import Counted, DailyStat, Grain, Pulse, StatChange, Work
from backend.monitoring.models.rollups import EVER
from backend.monitoring.rollups.folding import fold_statistics
from backend.monitoring.rollups.proof import differences
from backend.monitoring.rollups.reading import Window, by_day, months_back, sums
from backend.monitoring.rollups.rebuilding import rebuild_statistics
from backend.workspaces.actions.updates import post_update
from tests.factories.projects import workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled() -> None:
    room = workspace()
    post_update(room, actor=room.project.founders[0].person, text="Here")
    rebuild_statistics()
    post_update(room, actor=room.project.founders[1].person, text="Here too")


def raise_a_sum() -> None:
    row = DailyStat.objects.get(country="FR", measure="staff", grain=Grain.MONTH)
    row.number += 1
    row.save()


CORRUPTIONS: dict[str, Callable[[], object]] = {
    "a sum": raise_a_sum,
    "a sum that is gone": lambda: DailyStat.objects.filter(country="PL", measure="pair", grain=Grain.DAY).delete(),
    "a sum that should not be": lambda: DailyStat.objects.create(
        country="FR", grain=Grain.EVER, measure="labels_awarded", day=EVER, number=3
    ),
    "a change that is gone": lambda: StatChange.objects.filter(country="PL", measure="updates").delete(),
    "work": lambda: Work.objects.update(number=7),
    "a pulse": lambda: Pulse.objects.update(last_on=date(2020, 1, 1)),
}


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("what", list(CORRUPTIONS))
def test_what_is_wrong_is_found(what: str) -> None:
    call_command("check_statistics")
    CORRUPTIONS[what]()
    with pytest.raises(CommandError, match=r"figures? differ"):
        call_command("check_statistics")


@pytest.mark.usefixtures("filled")
def test_the_sentences_say_what_differs_and_rebuilding_puts_it_right() -> None:
    raise_a_sum()
    month = clock.now().date()
    assert list(differences()) == [f"staff FR, {month:%Y-%m}: 2, counted 1"]
    call_command("rebuild_statistics")
    assert list(differences()) == []


@pytest.mark.usefixtures("filled")
def test_what_a_thing_counts_for_is_compared_too() -> None:
    Counted.objects.exclude(cells=[]).first().delete()
    assert [sentence.partition(": ")[2] for sentence in differences()] == ["is not counted for what it is"]


@pytest.mark.usefixtures("filled")
def test_reading_is_the_same_before_and_after_folding() -> None:
    today = clock.now().date()
    windows = {
        "ever": Window(),
        "month": Window(today - timedelta(days=45), today),
        "none": Window(None, date(2020, 2, 1)),
    }
    before, days = sums(windows, countries=["FR", ""]), by_day("FR", ["updates"], Window())
    assert before["month"]["FR", "updates", ""] == days["updates", "", today] == 1
    assert before["none"] == {}
    assert StatChange.objects.exists()
    call_command("fold_statistics")
    assert not StatChange.objects.exists()
    assert (sums(windows, countries=["FR", ""]), by_day("FR", ["updates"], Window())) == (before, days)
    assert fold_statistics() == 0


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2026, 1, 1), date(2026, 12, 31)), (date(2026, 1, 31), date(2026, 3, 1)), (date(2026, 2, 3), date(2026, 2, 9)),
        (date(2025, 12, 15), date(2026, 2, 28)), (None, date(2026, 2, 14)), (date(2026, 2, 14), None), (date(2026, 2, 1), date(2026, 2, 1)),
    ],
)  # fmt: skip
def test_a_period_is_the_same_in_days_and_in_months(since: date | None, until: date | None) -> None:
    for number in range(400):
        day = date(2025, 12, 1) + timedelta(days=number)
        StatChange.objects.create(country="FR", measure="staff", day=day, number=number + 1)
    expected = sum(
        number + 1
        for number in range(400)
        if (since or date.min) <= date(2025, 12, 1) + timedelta(days=number) <= (until or date.max)
    )
    for _ in range(2):
        assert sums({"it": Window(since, until)}, countries=["FR"])["it"] == {("FR", "staff", ""): expected}
        fold_statistics()


def test_months() -> None:
    assert list(months_back(date(2026, 2, 14), 3)) == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
