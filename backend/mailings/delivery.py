"""Bringing messages to their readers: one entry in the inbox and one letter each, in batches."""

import logging
import smtplib
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from backend.accounts.models import MAY_SIGN_IN
from backend.core import clock
from backend.core.mail import compose
from backend.core.models import change
from backend.eventlog.record import record
from backend.mailings.events import MailingArrived, MailingFinished
from backend.mailings.links import stop_token
from backend.mailings.models import LetterState, Mailing, MailingLetter, MailingState
from backend.mailings.search import audience

BATCH = 200
ROWS = 2_000
LOG = logging.getLogger(__name__)


def send_messages(mail: BaseEmailBackend | None = None) -> int:
    """Everything whose hour has come; returns how many letters left. Two runs at once share the work."""
    due = Mailing.objects.filter(state=MailingState.SCHEDULED, send_at__lte=clock.now())
    for key in due.order_by("send_at").values_list("pk", flat=True):
        _begin(key)
    sending = Mailing.objects.filter(state=MailingState.SENDING).order_by("send_at")
    return sum(_deliver(key, mail or get_connection()) for key in sending.values_list("pk", flat=True))


@transaction.atomic
def _begin(key: UUID) -> None:
    """Who reads it is settled now, and not again."""
    mailing = Mailing.objects.select_for_update(of=("self",)).select_related("agency").get(pk=key)
    if mailing.state != MailingState.SCHEDULED:
        return
    change(mailing, state=MailingState.SENDING)
    people = audience(mailing.agency, mailing.criteria).order_by("pk").values_list("pk", "email")
    MailingLetter.objects.bulk_create(
        (
            MailingLetter(mailing=mailing, person_id=person, address=email.lower())
            for person, email in people.iterator()
        ),
        batch_size=ROWS,
    )


def _deliver(key: UUID, server: BaseEmailBackend) -> int:
    """Tell and post batch after batch until nobody is left; what a broken mail server leaves, the next run posts."""
    left = 0
    with server as mail:
        try:
            while letters := _next(key):
                for letter in letters:
                    left += _post(mail, letter)
        except (OSError, smtplib.SMTPException):
            LOG.warning("The mail server does not answer: the rest of message %s waits.", key)
            return left
    _finish(key)
    return left


@transaction.atomic
def _next(key: UUID) -> Sequence[MailingLetter]:
    """A batch whose readers find the message in their inbox from now on; first what an earlier run left."""
    letters = MailingLetter.objects.filter(mailing=key).select_related("person", "mailing__written_by")
    letters = letters.prefetch_related("mailing__texts").order_by("pk")
    skip = connection.features.has_select_for_update_skip_locked
    told = list(letters.filter(state=LetterState.TOLD)[:BATCH])
    if told:
        return told
    fresh = list(letters.filter(state=LetterState.WAITING).select_for_update(of=("self",), skip_locked=skip)[:BATCH])
    if fresh:
        MailingLetter.objects.filter(pk__in=[one.pk for one in fresh]).update(state=LetterState.TOLD)
        mailing = fresh[0].mailing
        record(MailingArrived(mailing, tuple(one.person_id for one in fresh)), actor=mailing.written_by)
    return fresh


def _post(mail: BaseEmailBackend, letter: MailingLetter) -> bool:
    """Counted as sent before it leaves; of two runs, one posts it."""
    mine = MailingLetter.objects.filter(pk=letter.pk)
    if not mine.filter(state=LetterState.TOLD).update(state=LetterState.SENT):
        return False
    if letter.person.state not in MAY_SIGN_IN:
        mine.delete()  # the account was closed meanwhile
        return False
    try:
        mail.send_messages([_letter(letter)])
    except smtplib.SMTPRecipientsRefused:
        mine.update(state=LetterState.BOUNCED, bounced_at=clock.now())
        return False
    except (OSError, smtplib.SMTPException):
        mine.update(state=LetterState.TOLD)
        raise
    return True


def _letter(letter: MailingLetter) -> EmailMultiAlternatives:
    person, mailing = letter.person, letter.mailing
    text = mailing.text_for(person.language)
    with override(person.language):
        why = _("You get this because you asked for messages of your agency.")
    return compose(
        letter.address,
        language=person.language,
        subject=text.subject,
        paragraphs=[*text.body.split("\n\n"), str(mailing.agency), why],
        unsubscribe=f"{settings.SITE_URL}/stop-messages/?token={stop_token(person)}",
    )


@transaction.atomic
def _finish(key: UUID) -> None:
    mailing = Mailing.objects.select_for_update(of=("self",)).select_related("agency").get(pk=key)
    waiting = mailing.letters.filter(state__in=(LetterState.WAITING, LetterState.TOLD))
    if mailing.state == MailingState.SENDING and not waiting.exists():
        change(mailing, state=MailingState.SENT, finished_at=clock.now())
        record(MailingFinished(mailing), actor=None)
