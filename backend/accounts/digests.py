"""Letters about what is new in the inbox."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import override

from backend.accounts.models import MAY_SIGN_IN, Person, PersonKind
from backend.core import clock
from backend.core.guards import refusal
from backend.core.mail import mail_after_commit
from backend.core.models import change
from backend.eventlog.wording import word
from backend.notifications.actions import set_digest
from backend.notifications.models import Digest, Frequency, Notification

SALT = "accounts.unsubscribe"
LINES = 30
# A little less than a day and a week, so that cron may be a few minutes early.
EVERY = {Frequency.DAILY: timedelta(hours=23), Frequency.WEEKLY: timedelta(days=6, hours=23)}
OLDEST = timedelta(days=7)  # of what the first letter tells


def send_digests() -> int:
    """One letter for each person who is due one and has something unread to read; returns how many."""
    people = Person.objects.filter(state__in=MAY_SIGN_IN).exclude(kind=PersonKind.PUPIL).exclude(email="")
    unread = Notification.objects.filter(recipient=OuterRef("pk"), read_at=None, created_at__gt=clock.now() - OLDEST)
    waiting = people.filter(Exists(unread)).exclude(digest__frequency=Frequency.NEVER)
    return sum(_send(key) for key in waiting.order_by("pk").values_list("pk", flat=True))


def unsubscribe_token(person: Person) -> str:
    return signing.dumps(str(person.pk), salt=SALT, compress=True)


def unsubscribe(token: str) -> None:
    """The link of a letter ends the letters; it is good for ever and opens nothing."""
    try:
        person = Person.objects.get(pk=signing.loads(token, salt=SALT))
    except (signing.BadSignature, Person.DoesNotExist):
        raise refusal("link_invalid", field="token") from None
    set_digest(actor=person, frequency=Frequency.NEVER)


@transaction.atomic
def _send(key: UUID) -> bool:
    """Told up to now before the letter leaves: of two runs at once, the second finds nothing to tell."""
    person = Person.objects.get(pk=key)
    Digest.objects.get_or_create(recipient=person)
    digest = Digest.objects.select_for_update(of=("self",)).get(recipient=person)
    now = clock.now()
    if not _is_due(digest, now):
        return False
    since = max(digest.told_at or now - OLDEST, now - OLDEST)
    inbox = Notification.objects.filter(recipient=person, read_at=None, created_at__gt=since, created_at__lte=now)
    entries = list(inbox.with_subjects().order_by("-pk"))
    if not entries:
        return False
    change(digest, told_at=now)
    _mail(person, entries)
    return True


def _is_due(digest: Digest, now: datetime) -> bool:
    if digest.frequency == Frequency.NEVER:
        return False
    return digest.told_at is None or digest.told_at <= now - EVERY[Frequency(digest.frequency)]


def _mail(person: Person, entries: list[Notification]) -> None:
    """The newest thirty, oldest of them first."""
    with override(person.language):
        number = len(entries)
        subject = _("New in your eTwinning inbox: %(number)s")
        lines = [word(entry.event, entry.subject) for entry in reversed(entries[:LINES])]
        if number > LINES:
            lines.append(_("And %(number)s more.") % {"number": number - LINES})
        mail_after_commit(
            person.email,
            language=person.language,
            subject=subject % {"number": number},
            paragraphs=[*lines],
            link=settings.SITE_URL,
            unsubscribe=f"{settings.SITE_URL}/unsubscribe/?token={unsubscribe_token(person)}",
        )
