"""Checks of what was typed that more than one area needs."""

from collections.abc import Iterable
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from backend.core.guards import ensure, refusal

TEXT_LIMIT = 10_000
YOUNGEST, OLDEST = 3, 20
NORTHMOST, EASTMOST = 90, 180  # degrees


def require(**values: object) -> None:
    """None of the named values may be empty."""
    for field, value in values.items():
        ensure(bool(value), "required", field=field)


def limit(length: int, **texts: str) -> None:
    """None of the named texts may be longer."""
    for field, text in texts.items():
        ensure(len(text) <= length, "too_long", field=field, limit=length)


def check_ages(ages_from: int | None, ages_to: int | None) -> None:
    for field, age in (("ages_from", ages_from), ("ages_to", ages_to)):
        ensure(age is None or YOUNGEST <= age <= OLDEST, "age_out_of_range", field=field)
    if ages_from is not None and ages_to is not None:
        ensure(ages_from <= ages_to, "ages_reversed", field="ages_to")


def check_place(latitude: float | None, longitude: float | None) -> None:
    """A point on the globe: both numbers or none."""
    ensure(
        (latitude is None) == (longitude is None),
        "place_wrong",
        field="longitude" if latitude is not None else "latitude",
    )
    ensure(latitude is None or abs(latitude) <= NORTHMOST, "place_wrong", field="latitude")
    ensure(longitude is None or abs(longitude) <= EASTMOST, "place_wrong", field="longitude")


def check_codes(field: str, given: Iterable[str], known: Iterable[str]) -> None:
    for code in sorted(set(given) - set(known)):
        ensure(False, "code_unknown", field=field, code=code)


def check_time_zone(name: str) -> None:
    ensure(name in available_timezones(), "time_zone_unknown", field="time_zone")


def web_address(**named: str) -> str:
    """An http(s) address as it is stored; given by the name of its field."""
    ((field, address),) = named.items()
    address = address.strip()
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        raise refusal("link_not_web", field=field) from None
    limit(500, **{field: address})
    return address


def email_address(**named: str) -> str:
    """An e-mail address as it is stored; given by the name of its field."""
    ((field, address),) = named.items()
    address = address.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise refusal("email_invalid", field=field) from None
    return address


def has_meeting_service() -> bool:
    """Whether this platform runs its own (BigBlueButton)."""
    return bool(settings.BIGBLUEBUTTON_URL)
