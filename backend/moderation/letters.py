"""Letters about decisions: who cannot sign in reads them nowhere else."""

from django.conf import settings
from django.core import signing
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from backend.accounts.models import Person, PersonKind, PersonState
from backend.core.guards import refusal
from backend.core.mail import mail_after_commit
from backend.moderation.models import LOCKING, Appeal, Report, ReportOutcome, Sanction
from backend.moderation.readers import officers_of
from backend.workspaces.models import WorkspaceRole

APPEAL_SALT = "moderation.appeal"


def appeal_token(sanction: Sanction) -> str:
    return signing.dumps(str(sanction.pk), salt=APPEAL_SALT, compress=True)


def sanction_of_token(token: str) -> Sanction:
    """The decision that the link of a letter is about; refuses a forged one."""
    try:
        key = signing.loads(token, salt=APPEAL_SALT)
    except signing.BadSignature:
        raise refusal("link_invalid", field="token") from None
    sanction = Sanction.objects.filter(pk=key).first()
    if sanction is None:
        raise refusal("link_invalid", field="token")
    return sanction


def mail_severe_report(report: Report, country: str | None) -> None:
    """To that country's officers or, for none, the central service's: it is due within a day, and a digest may come
    later."""
    officers = Person.objects.filter(pk__in=officers_of(country)).exclude(pk__in=filter(None, report.concerned))
    for officer in officers.order_by("pk"):
        with override(officer.language):
            named = {"category": report.get_category_display(), "thing": report.subject_label}
            paragraphs = [
                _("Somebody reported something (%(thing)s: %(category)s). It should be decided within 24 hours.")
                % named,
                _("You find it here:"),
            ]
            subject = _("A severe report waits for you")
            mail_after_commit(
                officer.email, language=officer.language, subject=subject, paragraphs=[*paragraphs],
                link=settings.REPORTS_URL,
            )  # fmt: skip


def mail_sanction(sanction: Sanction) -> None:
    """What was decided, why, and how to appeal; by a link for who cannot sign in."""
    locks = sanction.outcome in LOCKING
    link = settings.APPEAL_URL.format(token=appeal_token(sanction)) if locks else ""
    for address, language in _addresses(sanction.person):
        with override(language):
            how = _("You can appeal once by this link:") if locks else _("You can appeal once after signing in.")
            subjects = _("A decision about your eTwinning account"), _("A decision about your pupil %(pupil)s")
            paragraphs = [_what(sanction), _why(sanction.reason), how]
            _mail(address, language, sanction.person, subjects, paragraphs, link)


def mail_appeal_decided(appeal: Appeal) -> None:
    person = appeal.sanction.person
    for address, language in _addresses(person):
        with override(language):
            subjects = _("Your appeal was decided"), _("The appeal of your pupil %(pupil)s was decided")
            paragraphs = [_("Another officer has looked at it: %(state)s.") % {"state": appeal.get_state_display()}]
            _mail(address, language, person, subjects, [*paragraphs, _why(appeal.reason)])


def mail_open_again(sanction: Sanction) -> None:
    for address, language in _addresses(sanction.person):
        with override(language):
            subjects = _("Your eTwinning account is open again"), _("The account of your pupil %(pupil)s is open again")
            paragraphs = [_("You can sign in again."), *([_why(sanction.end_reason)] if sanction.end_reason else [])]
            _mail(address, language, sanction.person, subjects, paragraphs)


def _mail(
    address: str, language: str, person: Person, subjects: tuple[str, str], paragraphs: list[str], link: str = ""
) -> None:
    """To the person by the first subject; by the second to a teacher, who reads which pupil it is for."""
    subject, of_pupil = subjects
    if person.kind == PersonKind.PUPIL:
        named = {"pupil": person.given_name, "login": person.login}
        subject = of_pupil % named
        intro = _("Your pupil %(pupil)s (%(login)s) has no e-mail address. Please pass on what we write to them:")
        paragraphs = [intro % named, *paragraphs]
    mail_after_commit(address, language=language, subject=subject, paragraphs=[*paragraphs], link=link)


def _what(sanction: Sanction) -> str:
    if sanction.outcome == ReportOutcome.SUSPENSION:
        assert sanction.until
        return _("You cannot sign in until %(day)s has passed.") % {"day": date_format(sanction.until)}
    if sanction.outcome == ReportOutcome.BAN:
        return _("You cannot sign in any more.")
    if sanction.outcome == ReportOutcome.CONTENT_REMOVED:
        return _("Something that you wrote or added was removed.")
    return _("You get a warning.")


def _why(reason: str) -> str:
    return _("The reason: %(reason)s") % {"reason": reason}


def _addresses(person: Person) -> list[tuple[str, str]]:
    """The person; pupils have no address: the letter goes to the teacher who gave them the account, and when that one
    is gone to the administrators of the workspace."""
    if person.email:
        return [(person.email, person.language)]
    found: set[tuple[str, str]] = set()
    for place in person.workspace_memberships.select_related("workspace"):
        teachers = place.workspace.memberships.teachers().filter(person__state=PersonState.VALIDATED)
        told = teachers.filter(person=place.added_by_id) or teachers.filter(role=WorkspaceRole.ADMINISTRATOR)
        found |= {(each.person.email, each.person.language) for each in told.select_related("person")}
    return sorted(found)
