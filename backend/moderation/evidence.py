"""A reported photo or document, for who opened the report and only for a while."""

from uuid import UUID

from django.core import signing

from backend.accounts.models import Person
from backend.moderation.models import Report, SubjectKind
from backend.workspaces.models import File

SALT = "moderation.evidence"
LIFE = 600  # seconds


def evidence_token(report: Report, *, reader: Person) -> str:
    """A key to the reported file's bytes for this reader."""
    return signing.dumps([str(report.subject_id), str(reader.pk)], salt=SALT, compress=True)


def evidence(token: str, *, key: UUID, reader: Person | None) -> File | None:
    """The file, though it is hidden or removed, as long as its bytes are there; none without a good key."""
    try:
        opened = signing.loads(token, salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return None
    if reader is None or opened != [str(key), str(reader.pk)]:
        return None
    file = File.objects.filter(pk=key).first()
    return file if file and has_bytes(file) else None


def has_bytes(file: File) -> bool:
    name = file.content.name or ""
    return bool(name) and file.content.storage.exists(name)


def is_file(report: Report) -> bool:
    return report.subject_kind == SubjectKind.FILE
