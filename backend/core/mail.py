"""E-mail: a few paragraphs and perhaps one link, as text and simple HTML, sent after commit."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise


def mail_after_commit(
    address: str,
    *,
    language: str,
    subject: str | Promise,
    paragraphs: list[str | Promise],
    link: str = "",
    unsubscribe: str = "",
) -> None:
    """Send once the transaction is through; texts are translated into the given language now."""
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
    transaction.on_commit(lambda: message.send(fail_silently=False), robust=True)
