"""What people write here: tidied, never empty, never endless."""

from backend.core import fields
from backend.core.guards import ensure
from backend.core.text import tidy_lines


def a_reason(reason: str) -> str:
    """Why something was decided or opened."""
    reason = tidy_lines(reason)
    ensure(bool(reason), "reason_missing", field="reason")
    fields.limit(fields.TEXT_LIMIT, reason=reason)
    return reason


def a_text(text: str) -> str:
    text = tidy_lines(text)
    fields.require(text=text)
    fields.limit(fields.TEXT_LIMIT, text=text)
    return text
