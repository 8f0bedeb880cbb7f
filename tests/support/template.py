"""The migrated SQLite database of a test run, kept until a migration changes: a run starts in seconds."""

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "test-databases"
# What the tables and the rows of a fresh database come from; the lock file names Django and django-otp.
SOURCES = (
    "backend/*/migrations/*.py",
    "backend/labels/**/*",
    "backend/vocabulary/*.py",
    "backend/schools/*.py",
    "requirements.lock",
)


def template() -> Path:
    """Where the database of the present migrations is kept; it may not be there yet."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in ROOT.glob(pattern) if path.is_file()}):
        if path.suffix != ".pyc":
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return KEPT / f"{digest.hexdigest()[:16]}.sqlite3"


def copy_to(database: Path) -> bool:
    """Whether there was one to copy."""
    kept = template()
    if kept.exists():
        shutil.copyfile(kept, database)
    return kept.exists()


def keep(database: Path) -> None:
    """Store this migrated database, in place of those of other migrations."""
    kept = template()
    KEPT.mkdir(parents=True, exist_ok=True)
    for older in KEPT.glob("*.sqlite3"):
        older.unlink(missing_ok=True)
    part = kept.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(database) as source, sqlite3.connect(part) as copy:
        source.backup(copy)
    source.close()
    copy.close()
    part.replace(kept)
