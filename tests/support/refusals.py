"""What a rule refuses, and that nothing was written."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from backend.eventlog.models import Event


def codes_of(error: Exception) -> set[str]:
    if isinstance(error, ValidationError):
        found = error.error_dict.values() if hasattr(error, "error_dict") else [error.error_list]
        return {str(each.code) for errors in found for each in errors}
    return {getattr(error, "code", "not_permitted")}


@contextmanager
def refused(code: str) -> Iterator[None]:
    """The block is refused with this code and records nothing."""
    before = Event.objects.count()
    with pytest.raises((PermissionDenied, ValidationError)) as caught:
        yield
    assert codes_of(caught.value) == {code}
    assert Event.objects.count() == before
