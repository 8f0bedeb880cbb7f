"""The countries a person answers for, or some regions of one."""

from dataclasses import dataclass
from typing import Protocol

from django.db.models import Q


class Placed(Protocol):
    """A school, or whoever belongs to one."""

    @property
    def region(self) -> str: ...


@dataclass(frozen=True)
class Scope:
    """Nothing, some countries, everywhere; a regional delegate's ends at the regions, wherever a row has none."""

    countries: frozenset[str] = frozenset()
    everywhere: bool = False
    regions: frozenset[str] | None = None  # None: not a delegate's

    def covers(self, country: str | None, place: Placed | None = None) -> bool:
        """Whether a country is theirs; a delegate's are only places, and only those of the own regions."""
        if self.regions is not None and (place is None or place.region not in self.regions):
            return False
        return country is not None and (self.everywhere or country in self.countries)

    def where(self, path: str, region: str = "") -> Q:
        """The same as a condition: on the path to a country's code, and for delegates on the one to a region."""
        if self.everywhere:
            return Q(**{f"{path}__isnull": False})
        if self.regions is not None:
            named = {f"{region}__in": self.regions} if region else {"pk__in": frozenset[str]()}
            return Q(**{f"{path}__in": self.countries}, **named)
        return Q(**{f"{path}__in": self.countries})

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.countries)


NOWHERE = Scope()
