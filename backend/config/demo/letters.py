"""Letters to people of the demo, who have no mailboxes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

FILES = "django.core.mail.backends.filebased.EmailBackend"
FOLDER = "letters"


@contextmanager
def letters_kept(folder: Path) -> Iterator[None]:
    """Neither printed nor sent, whatever the mail server: each is a file."""
    before = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FILES, str(folder)
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = before
