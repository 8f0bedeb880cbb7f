"""The map of who works with whom, as the page of partnerships and the first page show it."""

from collections import Counter
from functools import cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import ngettext

from backend.accounts.models import Person
from backend.monitoring.partnerships import Partnership
from backend.schools.countries import country_label
from dashboard.svg.heat import classes
from dashboard.svg.map import Map, draw
from dashboard.templatetags.dashboard import number

Days = dict[str, str]  # as they stand in an address


class Atlas:
    """Pairs of countries, drawn; `home` is the country that stands alone on the map, none when all are looked at."""

    def __init__(self, pairs: list[Partnership], home: str, days: Days | None = None) -> None:
        self.pairs, self.home, self.days = pairs, home, days or {}
        self.numbers: Counter[str] = Counter()
        for pair in pairs:
            for country in {pair.one, pair.other} - {home}:
                self.numbers[country] += pair.total

    @property
    def map(self) -> Map:
        links = {code: self._link(code) for code in self.numbers}
        labels = {code: _label(code, count) for code, count in self.numbers.items()}
        return draw(self.numbers, links, labels, [(p.one, p.other, p.total) for p in self.pairs], self.home)

    @property
    def legend(self) -> list[tuple[int, int, int]]:
        return classes(max(self.numbers.values(), default=0))

    def _link(self, code: str) -> str:
        if self.home:
            return pair_url(self.home, code, self.days)
        return f"{reverse('dashboard:partnerships')}?{urlencode({'country': code, **self.days})}"


def home_of(viewer: Person) -> str:
    """The officer's own country."""
    return "" if viewer.oversees.everywhere else min(viewer.oversees.countries, default="")


def pair_url(one: str, other: str, query: Days) -> str:
    """The projects of two countries."""
    return _pair_path(one, other) + (f"?{urlencode(query)}" if query else "")


@cache  # a matrix has two thousand
def _pair_path(one: str, other: str) -> str:
    return reverse("dashboard:partnership", args=[one, other])


def _label(code: str, count: int) -> str:
    said = ngettext("%(country)s: %(number)s project", "%(country)s: %(number)s projects", count)
    return said % {"country": country_label(code), "number": number(count)}
