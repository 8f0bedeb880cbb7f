"""What an answer's bytes are."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy
from django.utils.translation import override as speaking

from backend.projects.models import ProjectState
from graphql_schema.http.answers import encode

VALUES = {
    "text": ('Łódź, Αθήνα, 🎒 \u2028 \x7f \t " \\ </script>', '"Łódź, Αθήνα, 🎒 \u2028 \x7f \\t \\" \\\\ </script>"'),
    "numbers": ([0, -1, 2**53, 1.5, 1e300, True, None], "[0,-1,9007199254740992,1.5,1e+300,true,null]"),
    "time": (datetime(2026, 3, 6, 12, 0, 0, 123456, tzinfo=UTC), '"2026-03-06T12:00:00.123Z"'),
    "day": (date(2026, 3, 6), '"2026-03-06"'),
    "key": (UUID("019a0000-0000-7000-8000-000000000001"), '"019a0000-0000-7000-8000-000000000001"'),
    "decimal": (Decimal("1.10"), '"1.10"'),
    "choice": (ProjectState.OPEN, '"OPEN"'),
    "sentence": (gettext_lazy("Draft"), '"Brouillon"'),
}


@pytest.mark.parametrize("name", VALUES)
def test_as_django_would_write_it(name: str) -> None:
    value, expected = VALUES[name]
    with speaking("fr"):
        djangos = DjangoJSONEncoder(separators=(",", ":"), ensure_ascii=False).encode({"data": value})
        assert encode({"data": value}).decode() == djangos == f'{{"data":{expected}}}'
