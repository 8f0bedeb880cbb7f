"""Photos: the pixels alone, without anything that tells on a child."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from PIL import Image, ImageOps, UnidentifiedImageError

from backend.core.guards import ensure, refusal

IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
PIXELS = 50_000_000  # the largest telephones take 50 megapixels
LONGEST_SIDE = 4096
AT_ONCE, PATIENCE = 2, 8.0  # images a process decodes at a time: up to 300 MB each; seconds that others wait

Image.MAX_IMAGE_PIXELS = None  # we count ourselves, before anything is decoded

_places = BoundedSemaphore(AT_ONCE)


def reencoded(content: bytes) -> tuple[str, bytes] | None:
    """Media type and bytes of the image drawn anew; None for what is no image. What is broken or too large is refused."""
    try:
        image = Image.open(io.BytesIO(content), formats=list(IMAGES))
    except UnidentifiedImageError:
        return None
    except Exception:  # a decoder that fails on a stranger's bytes, however it does
        raise refusal("image_unreadable", field="file") from None
    ensure(image.width * image.height <= PIXELS, "image_unreadable", field="file")
    encoding = image.format if image.format in ("JPEG", "WEBP") else "PNG"
    with _place():
        try:
            return IMAGES[encoding], _bare(image, encoding)
        except Exception:
            raise refusal("image_unreadable", field="file") from None


def _bare(image: Image.Image, encoding: str) -> bytes:
    """Upright, of a size for screens, on a new canvas: no EXIF, place, comment, profile or second picture."""
    if image.mode not in ("RGB", "RGBA", "L"):
        image = image.convert("RGBA" if encoding != "JPEG" else "RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image).convert("RGB" if encoding == "JPEG" else "RGBA")
    canvas = Image.new(upright.mode, upright.size)
    canvas.paste(upright)
    out = io.BytesIO()
    canvas.save(out, encoding)
    return out.getvalue()


@contextmanager
def _place() -> Iterator[None]:
    ensure(_places.acquire(timeout=PATIENCE), "many_upload")
    try:
        yield
    finally:
        _places.release()
