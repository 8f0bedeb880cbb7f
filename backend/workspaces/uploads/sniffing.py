"""What an uploaded file really is: of a few kinds, or refused."""

import re
from dataclasses import dataclass

from backend.core.guards import ensure, refusal
from backend.core.text import tidy
from backend.workspaces.models import FileKind
from backend.workspaces.uploads.archives import KINDS, document_type
from backend.workspaces.uploads.images import reencoded

HEAD = 64  # bytes that tell a video
MP4_BRANDS = frozenset({b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash"})
WEBM = b"\x1a\x45\xdf\xa3"
PDF, TEXT = "application/pdf", "text/plain"
ENDINGS = {
    "image/jpeg": ("jpg", "jpeg"), "image/png": ("png",), "image/webp": ("webp",), "video/mp4": ("mp4", "m4v"),
    "video/webm": ("webm",), PDF: ("pdf",), TEXT: ("txt", "csv"), **{kind: (ending,) for kind, ending in KINDS.items()},
}  # fmt: skip
LONGEST_NAME = 160
# Programs inside a PDF, and pages before it.
PROGRAMS = re.compile(rb"/JavaScript|/Launch\b|/EmbeddedFile\b|/RichMedia\b")
MARKUP = re.compile(rb"<(html|script|svg|body|iframe|!doctype)", re.IGNORECASE)
MARKUP_WITHIN = 1024


@dataclass(frozen=True)
class Sniffed:
    kind: FileKind
    media_type: str
    content: bytes


def video_type(head: bytes) -> str | None:
    """The media type of a video that every browser plays, by its first bytes."""
    if head[4:8] == b"ftyp" and head[8:12] in MP4_BRANDS:
        return "video/mp4"
    return "video/webm" if head.startswith(WEBM) and b"webm" in head else None


def sniff(name: str, content: bytes) -> Sniffed:
    """An image drawn anew, or a document of a kind we know; everything else is refused."""
    image = reencoded(content)
    if image is not None:
        return Sniffed(FileKind.IMAGE, *image)
    media_type = _pdf(content) or document_type(content) or _plain_text(name, content)
    if media_type is None:
        raise refusal("file_kind_refused", field="file")
    return Sniffed(FileKind.DOCUMENT, media_type, content)


def name_of(name: str, media_type: str) -> str:
    """What the uploader called it, in one harmless line that ends as the content is: nobody opens a page as a photo."""
    name = tidy(re.sub(r'[\\/:*?"<>|]', " ", name)).strip(" .")
    endings = ENDINGS[media_type]
    stem, _, ending = name.rpartition(".")
    if not stem or ending.lower() not in endings:
        known = any(ending.lower() in each for each in ENDINGS.values()) or ending.lower() == "gif"
        stem, ending = (stem if stem and known else name), endings[0]
    return f"{stem.strip(' .')[: LONGEST_NAME - 6] or 'file'}.{ending}"


def _pdf(content: bytes) -> str | None:
    if not content.startswith(b"%PDF-") or MARKUP.search(content, 0, MARKUP_WITHIN):
        return None
    ensure(not PROGRAMS.search(content), "file_has_program", field="file")
    return PDF


def _plain_text(name: str, content: bytes) -> str | None:
    if not name.lower().endswith((".txt", ".csv")):
        return None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else TEXT
