"""What people of the demo would get is kept, and not in the way."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks

from backend.config.demo.letters import letters_kept
from backend.core.mail import mail_after_commit


@pytest.mark.django_db
def test_a_letter_is_a_file_and_nothing_else(
    tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = settings.EMAIL_BACKEND
    with letters_kept(tmp_path), django_capture_on_commit_callbacks(execute=True):
        mail_after_commit("lou@agency.example", language="en", subject="Welcome", paragraphs=["Please come."])
    [letter] = tmp_path.iterdir()
    assert "To: lou@agency.example" in letter.read_text()
    assert (mail.outbox, settings.EMAIL_BACKEND) == ([], before)
