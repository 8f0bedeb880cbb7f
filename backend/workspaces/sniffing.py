"""What an uploaded file really is, and images without anything that tells on a child."""

import io
from dataclasses import dataclass

import puremagic
from PIL import Image, ImageOps, UnidentifiedImageError

from backend.core.guards import refusal
from backend.workspaces.models import FileKind

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
DOCUMENTS = frozenset(
    {"application/pdf"}
    | {
        f"{OFFICE}{kind}"
        for kind in ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")
    }
    | {f"{OPEN_DOCUMENT}{kind}" for kind in ("text", "spreadsheet", "presentation")}
)
IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
PIXELS = 50_000_000
LONGEST_SIDE = 4096


HEAD = 64  # bytes that tell a video
MP4_BRANDS = frozenset({b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash"})
WEBM = b"\x1a\x45\xdf\xa3"


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
    """An image re-encoded, or a document of a kind we know; everything else is refused."""
    image = _open_image(content)
    if image is not None:
        return _reencoded(image)
    media_type = _document_type(name, content)
    if media_type is None:
        raise refusal("file_kind_refused", field="file")
    return Sniffed(FileKind.DOCUMENT, media_type, content)


def _open_image(content: bytes) -> Image.Image | None:
    try:
        image = Image.open(io.BytesIO(content), formats=list(IMAGES))
    except UnidentifiedImageError:
        return None
    except (Image.DecompressionBombError, OSError, ValueError):
        raise refusal("image_unreadable", field="file") from None
    if image.width * image.height > PIXELS:
        raise refusal("image_unreadable", field="file")
    return image


def _reencoded(image: Image.Image) -> Sniffed:
    """The pixels alone, upright: no EXIF, place, comment or second picture."""
    encoding = "JPEG" if image.format == "JPEG" else "WEBP" if image.format == "WEBP" else "PNG"
    try:
        upright = ImageOps.exif_transpose(image).convert("RGB" if encoding == "JPEG" else "RGBA")
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    except (OSError, ValueError, SyntaxError):
        raise refusal("image_unreadable", field="file") from None
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, encoding)
    return Sniffed(FileKind.IMAGE, IMAGES[encoding], out.getvalue())


def _document_type(name: str, content: bytes) -> str | None:
    if name.lower().endswith((".txt", ".csv")):
        return _plain_text(content)
    try:
        guesses = puremagic.magic_string(content, filename=name)
    except puremagic.PureError:
        return None
    return next((g.mime_type for g in guesses if g.mime_type in DOCUMENTS), None)


def _plain_text(content: bytes) -> str | None:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else "text/plain"
