"""E-mail: a few paragraphs and perhaps one link, as text and simple HTML, sent after commit."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise

logger = logging.getLogger(__name__)

# Whoever asked does not wait for the mail server, nor learn from its time whether there was a letter at all.
_posted = ThreadPoolExecutor(settings.EMAIL_THREADS, "mail") if settings.EMAIL_THREADS else None


def mail_after_commit(
    address: str,
    *,
    language: str,
    subject: str | Promise,
    paragraphs: list[str | Promise],
    link: str = "",
    unsubscribe: str = "",
    is_sent: bool = True,
) -> None:
    """Send once the transaction is through; texts are translated into the given language now. A letter that is not
    sent costs the same time: of an address that anybody may ask about, nobody learns whether it is known."""
    message = compose(
        address, language=language, subject=subject, paragraphs=paragraphs, link=link, unsubscribe=unsubscribe
    )
    if is_sent:
        transaction.on_commit(lambda: _post(message), robust=True)


def compose(
    address: str,
    *,
    language: str,
    subject: str | Promise,
    paragraphs: Sequence[str | Promise],
    link: str = "",
    unsubscribe: str = "",
) -> EmailMultiAlternatives:
    """A letter ready to be sent, in the given language."""
    with translation.override(language):
        context = {
            "subject": str(subject),
            "paragraphs": [str(p) for p in paragraphs],
            "link": link,
            "unsubscribe": unsubscribe,
            "site": settings.SITE_URL,
            "language": language,
        }
        message = EmailMultiAlternatives(str(subject), render_to_string("mail/message.txt", context), to=[address])
        if unsubscribe:  # RFC 8058: the mail program does it by one click
            message.extra_headers["List-Unsubscribe"] = f"<{unsubscribe}>"
            message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.attach_alternative(render_to_string("mail/message.html", context), "text/html")
    return message


def _post(message: EmailMultiAlternatives) -> None:
    message.connection = get_connection()  # as settings are now, not when a thread comes to it
    if _posted:
        _posted.submit(_send, message)
    else:
        message.send()


def _send(message: EmailMultiAlternatives) -> None:
    try:
        message.send()
    except Exception:
        logger.exception("A letter could not be sent.")
