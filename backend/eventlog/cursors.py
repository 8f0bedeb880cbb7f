"""A place in a stream, as an opaque signed text that a client keeps and hands back."""

import base64
import binascii
import struct
from dataclasses import dataclass
from uuid import UUID

from django.core.signing import BadSignature, Signer

SALT = "eventlog.cursor"
LAYOUT = struct.Struct(">16s16sQ")
START = UUID(int=0)  # the epoch of a stream that nothing was written to yet


class BadCursor(ValueError):
    """Not a cursor of ours, or a cursor of another stream."""


@dataclass(frozen=True)
class Cursor:
    """Everything up to and including `seq` has been seen, in this epoch of this stream."""

    stream: UUID
    epoch: UUID
    seq: int

    def __str__(self) -> str:
        packed = LAYOUT.pack(self.stream.bytes, self.epoch.bytes, self.seq)
        return Signer(salt=SALT).sign(base64.urlsafe_b64encode(packed).decode().rstrip("="))


def parse_cursor(text: str, *, stream: UUID) -> Cursor:
    """The cursor that a client handed back; raises BadCursor for anything but one of this stream."""
    try:
        value = Signer(salt=SALT).unsign(text)
        found, epoch, seq = LAYOUT.unpack(base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)))
    except (BadSignature, binascii.Error, struct.error, ValueError):
        raise BadCursor(text) from None
    if UUID(bytes=found) != stream:
        raise BadCursor(text)
    return Cursor(stream, UUID(bytes=epoch), seq)
