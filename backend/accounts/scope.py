"""The countries a person answers for."""

from dataclasses import dataclass

from django.db.models import Q


@dataclass(frozen=True)
class Scope:
    """Nothing, some countries, or everywhere."""

    countries: frozenset[str] = frozenset()
    everywhere: bool = False

    def covers(self, country: str | None) -> bool:
        return country is not None and (self.everywhere or country in self.countries)

    def where(self, path: str) -> Q:
        """The same as a condition on the path to a country's code."""
        return Q(**{f"{path}__isnull": False}) if self.everywhere else Q(**{f"{path}__in": self.countries})

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.countries)


NOWHERE = Scope()
