"""Doing something once, however often a client with a bad line asks for it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from backend.core import clock
from backend.core.guards import ensure
from backend.eventlog.models import Receipt

KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Request:
    """A mutation with its input, under a key that the client chose."""

    owner: str
    key: str
    mutation: str
    input: Any

    @property
    def digest(self) -> str:
        text = json.dumps([self.mutation, self.input], sort_keys=True, default=str)
        return salted_hmac("eventlog.receipts", text, algorithm="sha256").hexdigest()  # a password may be in it


@transaction.atomic
def once(request: Request, run: Callable[[], dict[str, Any]]) -> tuple[dict[str, Any], bool]:
    """The answer, and whether it is a repeated one. `run` and the receipt share one transaction: both or none.

    A second request with the same key waits for the first; another input under the same key is refused.
    """
    receipt, is_new = _claim(request)
    if not is_new:
        ensure(receipt.input_digest == request.digest, "key_reused", field="client_mutation_key")
        return receipt.answer, True
    receipt.answer = run()
    receipt.save(update_fields=["answer"])
    return receipt.answer, False


def forget_old_receipts() -> int:
    gone, _ = Receipt.objects.filter(at__lt=clock.now() - KEPT_FOR).delete()
    return gone


def _claim(request: Request) -> tuple[Receipt, bool]:
    mine = Receipt.objects.filter(owner=request.owner, key=request.key)
    mine.filter(at__lt=clock.now() - KEPT_FOR).delete()
    try:
        with transaction.atomic():
            receipt = Receipt.objects.create(
                owner=request.owner, key=request.key, mutation=request.mutation, input_digest=request.digest
            )
        return receipt, True
    except IntegrityError:
        return mine.get(), False
