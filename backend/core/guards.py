"""The two questions a rule asks before it writes: may this person, and is this the moment?"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError

from backend.core.refusals import REFUSALS

PLAIN = str | int | float | None  # what a conflict can hold


class Refused(PermissionDenied):
    """Django's refusal, with one of our stable codes."""

    def __init__(self, code: str) -> None:
        super().__init__(REFUSALS[code])
        self.code = code


def allow(permitted: bool, code: str = "not_permitted") -> None:
    """Refuse with PermissionDenied unless permitted."""
    if not permitted:
        raise Refused(code)


def refusal(code: str, /, *, field: str | None = None, **params: Any) -> ValidationError:
    """A ValidationError with a stable code and its sentence; under a field's name where there is one."""
    error = ValidationError(str(REFUSALS[code]), code=code, params=params or None)
    return ValidationError({field: error}) if field else error


def ensure(holds: bool, code: str, /, *, field: str | None = None, **params: Any) -> None:
    """Refuse with ValidationError unless the state allows it."""
    if not holds:
        raise refusal(code, field=field, **params)


class TextConflict(ValidationError):
    """Somebody saved meanwhile: carries what is stored and what was typed, so that nothing is lost."""

    def __init__(self, *, stored: dict[str, Any], typed: dict[str, Any], version: int) -> None:
        super().__init__(str(REFUSALS["text_changed_meanwhile"]), code="text_changed_meanwhile")
        self.stored, self.typed, self.version = stored, typed, version


def ensure_version(expected: int, version: int, *, stored: dict[str, Any], typed: dict[str, Any]) -> None:
    """Refuse a text that was written on top of an older one."""
    if version != expected:
        raise TextConflict(stored=stored, typed=typed, version=version)


def ensure_newest(entity: Any, expected: int | None, **typed: Any) -> None:
    """The same for a row with a `version`; None where somebody sets a value, whatever is written beside it."""
    if expected is not None:
        both = {name: (getattr(entity, name), value) for name, value in typed.items() if isinstance(value, PLAIN)}
        both = {name: pair for name, pair in both.items() if isinstance(pair[0], PLAIN)}  # not the folder it lies in
        stored, typed = ({name: pair[side] for name, pair in both.items()} for side in (0, 1))
        ensure_version(expected, entity.version, stored=stored, typed=typed)
