"""Office documents are archives: looked into without unpacking them."""

import io
import re
import zipfile

from backend.core.guards import ensure, refusal

BEGINNING = b"PK\x03\x04"
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
KINDS = {
    f"{OFFICE}wordprocessingml.document": "docx",
    f"{OFFICE}spreadsheetml.sheet": "xlsx",
    f"{OFFICE}presentationml.presentation": "pptx",
    f"{OPEN_DOCUMENT}text": "odt",
    f"{OPEN_DOCUMENT}spreadsheet": "ods",
    f"{OPEN_DOCUMENT}presentation": "odp",
}
ENTRIES, UNPACKED, RATIO, INDEX = 5_000, 250 * 1024 * 1024, 150, 1024 * 1024
# Macros, controls, programs, and templates that are fetched from elsewhere when somebody opens the document.
PROGRAMS = re.compile(
    r"vbaproject\.bin|(^|/)activex|(^|/)basic/|(^|/)scripts/|\.(exe|dll|js|vbs|jar|scr|bat|cmd|hta|lnk)$", re.IGNORECASE
)
FETCHED = re.compile(
    rb"attachedTemplate[^>]*TargetMode\s*=\s*.External|TargetMode\s*=\s*.External[^>]*attachedTemplate", re.IGNORECASE
)


def document_type(content: bytes) -> str | None:
    """The media type of an office document; None for any other archive. Bombs and programs are refused."""
    if not content.startswith(BEGINNING):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _looked_into(archive, len(content))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise refusal("file_kind_refused", field="file") from None


def _looked_into(archive: zipfile.ZipFile, size: int) -> str | None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    ensure(len(entries) <= ENTRIES and unpacked <= min(UNPACKED, size * RATIO), "file_is_bomb", field="file")
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & 1 for entry in entries) or any(_leads_out(name) for name in names):
        return None
    kind = _kind(archive, set(names))
    if kind is None:
        return None
    ensure(not any(PROGRAMS.search(name) for name in names), "file_has_program", field="file")
    links = (_read(archive, name) for name in names if name.endswith(".rels"))
    ensure(not any(FETCHED.search(text) for text in links), "file_has_program", field="file")
    return kind


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str | None:
    if "mimetype" in names:
        told = _read(archive, "mimetype").decode("ascii", "replace").strip()
        return told if told in KINDS else None
    if "[Content_Types].xml" not in names:
        return None
    told = _read(archive, "[Content_Types].xml").decode("utf-8", "replace")
    ensure("macroEnabled" not in told, "file_has_program", field="file")
    return next((kind for kind in KINDS if f"{kind}.main+xml" in told), None)


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as entry:
        text = entry.read(INDEX + 1)
    ensure(len(text) <= INDEX, "file_is_bomb", field="file")
    return text


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or "\0" in name
