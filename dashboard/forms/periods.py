"""A period and a country, in the URL: what is not understood is left out."""

from datetime import date
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.core import clock
from backend.monitoring.rollups.reading import months_back
from backend.monitoring.statistics import Period, check_period
from backend.schools.countries import PARTICIPANTS, country_label
from dashboard.forms.filters import Filters

MONTHS = 12


def days(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class DraftedFilters(Filters):
    """Which projects count as a partnership's: those drafted in these days."""

    partner = forms.ChoiceField(label=_("Partner country"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    since = days(_("From"))
    until = days(_("To"))

    @property
    def window(self) -> dict[str, date | None]:
        return {name: self.cleaned_data.get(name) for name in ("since", "until")}

    @property
    def days(self) -> dict[str, str]:
        """The same as it stands in a URL."""
        return {name: day.isoformat() for name, day in self.window.items() if day}


class PeriodFilters(Filters):
    """A country's figures over a period: the last twelve months unless said otherwise."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    since = days(_("From"))
    until = days(_("To"))

    def __init__(self, request: HttpRequest, viewer: Person, sent: QueryDict | None = None) -> None:
        super().__init__(request, viewer, sent)
        scope = viewer.oversees
        self.of = self.chosen("country") if scope.everywhere else min(scope.countries, default="")
        self.wrong = ""
        self.period = self._period()
        self.data = {**(sent or request.GET).dict(), **self.days}

    def about(self, country: str) -> Self:
        """The country stands in the address."""
        self.of = country
        return self

    def _period(self) -> Period:
        """The last twelve months, when none is given or none that can be."""
        today = clock.now().date()
        until = self.cleaned_data.get("until") or today
        period = Period(self.cleaned_data.get("since") or next(months_back(until, MONTHS)), until)
        try:
            check_period(period)
        except ValidationError as error:
            self.wrong = error.messages[0]
            return Period(next(months_back(today, MONTHS)), today)
        return period

    @property
    def days(self) -> dict[str, str]:
        return {"since": self.period.since.isoformat(), "until": self.period.until.isoformat()}

    @property
    def query(self) -> dict[str, str]:
        return {**({"country": self.of} if self.of else {}), **self.days}


ALL = "all"  # as it stands in addresses


def place(country: str) -> str:
    """A country's name, or all of them."""
    return country_label(country) if country in PARTICIPANTS else str(_("All countries"))
