"""The same key and input give the first answer again and no second effect."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from backend.eventlog.models import Receipt
from backend.eventlog.receipts import Request, forget_old_receipts, once
from backend.eventlog.record import collecting
from backend.workspaces.actions.updates import post_update
from backend.workspaces.models import Update
from tests.factories.projects import workspace

pytestmark = pytest.mark.django_db


def test_asked_twice_done_once() -> None:
    room = workspace()
    founder = room.project.founders[0].person
    request = Request(str(founder.pk), "key-1", "postUpdate", {"text": "News"})

    def run() -> dict[str, object]:
        with collecting() as entries:
            update = post_update(room, actor=founder, text="News")
        return {"id": str(update.pk), "seq": entries[-1].seq}

    first, repeated = once(request, run)
    again, repeated_again = once(request, run)
    assert (repeated, repeated_again) == (False, True)
    assert again == first == {"id": str(Update.objects.get().pk), "seq": 2}
    with pytest.raises(ValidationError) as refused:
        once(Request(str(founder.pk), "key-1", "postUpdate", {"text": "Other"}), run)
    assert refused.value.error_dict["client_mutation_key"][0].code == "key_reused"
    once(Request("somebody else", "key-1", "postUpdate", {"text": "News"}), run)
    assert Update.objects.count() == 2


def test_what_was_refused_may_be_tried_again() -> None:
    def refuse() -> dict[str, object]:
        raise ValidationError("No")

    with pytest.raises(ValidationError):
        once(Request("a", "key", "x", {}), refuse)
    assert once(Request("a", "key", "x", {}), lambda: {"ok": True}) == ({"ok": True}, False)


def test_a_receipt_is_kept_for_a_day() -> None:
    with time_machine.travel(datetime(2026, 3, 6, 12, tzinfo=UTC), tick=False):
        once(Request("a", "key", "x", {}), lambda: {"n": 1})
        once(Request("a", "other", "x", {}), lambda: {"n": 1})
    with time_machine.travel(datetime(2026, 3, 6, 12, tzinfo=UTC) + timedelta(hours=24, seconds=1), tick=False):
        assert once(Request("a", "key", "x", {}), lambda: {"n": 2}) == ({"n": 2}, False)
        assert forget_old_receipts() == 1
        assert Receipt.objects.count() == 1
