"""School years: from 1 September to 31 August, named by the year they begin in."""

from datetime import datetime

from django.utils import timezone

from backend.core import clock

FIRST_MONTH = 9


def school_year_of(moment: datetime) -> int:
    """The year in which the school year of this moment began, by the platform's own time zone."""
    day = timezone.localtime(moment, timezone.get_default_timezone()).date()
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def this_school_year() -> int:
    return school_year_of(clock.now())
