"""What a page asks is planned for what it is asked with."""

import pytest
from django.db import connection

from dashboard.planning import for_what_is_asked

pytestmark = pytest.mark.django_db


def threshold() -> object:
    connection.ensure_connection()
    return getattr(connection.connection, "prepare_threshold", None)


def test_nothing_is_prepared_while_a_page_is_made() -> None:
    before = threshold()
    assert (before is None) == (connection.vendor != "postgresql")
    with pytest.raises(ZeroDivisionError), for_what_is_asked():
        assert threshold() is None
        raise ZeroDivisionError
    assert threshold() == before
