"""Letters of an agency: to principals, to who cannot sign in, to people of a closed school, to officers."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from backend.accounts.models import Person
from backend.agencies.invitations import invitation_token
from backend.agencies.models import Agency, Officer
from backend.core.mail import mail_after_commit
from backend.schools.models import School


def mail_principal(school: School, *, proposer: Person) -> None:
    """The one notice that somebody of this school takes part, in the language of who came first."""
    with override(proposer.language):
        named = {"person": proposer, "school": school, "town": school.town}
        paragraphs = [
            _("Good day %(name)s,") % {"name": school.principal_name} if school.principal_name else _("Good day,"),
            _("%(person)s has registered at eTwinning and works at your school: %(school)s, %(town)s.") % named,
            _("eTwinning lets classes of different countries work together. You need not do anything."),
            _("If this is not right, or if you have a question, please write to your national agency."),
            *_signed(Agency.objects.filter(country=school.country_id).first()),
        ]
        _mail(school.principal_email, proposer.language, _("Your school takes part in eTwinning"), paragraphs)


def mail_revoked(person: Person) -> None:
    with override(person.language):
        paragraphs = [
            _("Your agency was told that you left your school. You cannot sign in any more."),
            _why(person.state_reason),
            _("If this is not right, or if you work at another school now, please write to your national agency."),
            *_signed(Agency.objects.filter(country=person.country_id).first()),
        ]
        _mail(person.email, person.language, _("Your eTwinning account is closed"), paragraphs)


def mail_restored(person: Person) -> None:
    with override(person.language):
        paragraphs = [_("You can sign in again."), _why(person.state_reason)]
        _mail(person.email, person.language, _("Your eTwinning account is open again"), paragraphs)


def mail_school_closed(school: School, person: Person) -> None:
    with override(person.language):
        paragraphs = [
            _("Your agency closed the record of this school: %(school)s, %(town)s.")
            % {"school": school, "town": school.town},
            _why(school.state_reason),
            _("Please sign in and choose the school where you work now."),
        ]
        _mail(person.email, person.language, _("Please choose another school"), paragraphs)


def mail_appointed(officer: Officer) -> None:
    """A new officer sets a password by the link; who has one already simply signs in."""
    person = officer.person
    link = "" if person.has_usable_password() else settings.APPOINTMENT_URL.format(token=invitation_token(person))
    with override(person.language):
        how = _("Please set your password by this link within two weeks:") if link else _("You can sign in now.")
        named = {"agency": officer.agency, "role": officer.get_role_display()}
        paragraphs = [_("You were appointed at %(agency)s. Your role: %(role)s.") % named, how]
        _mail(person.email, person.language, _("Your appointment at eTwinning"), paragraphs, link)


def mail_dismissed(officer: Officer) -> None:
    person = officer.person
    with override(person.language):
        paragraphs = [
            _("Your appointment at %(agency)s has ended. You cannot sign in any more.") % {"agency": officer.agency},
            _why(person.state_reason),
        ]
        _mail(person.email, person.language, _("Your appointment at eTwinning has ended"), paragraphs)


def mail_factor_reset(person: Person, *, reason: str) -> None:
    with override(person.language):
        paragraphs = [
            _("The second factor of your account was taken away. All your browsers and programs were signed out."),
            _why(reason),
            _("Please sign in with your password and set up a new one. If you did not ask for this, write to us."),
        ]
        _mail(person.email, person.language, _("Your second factor was reset"), paragraphs)


def _mail(address: str, language: str, subject: str, paragraphs: list[str], link: str = "") -> None:
    mail_after_commit(address, language=language, subject=subject, paragraphs=[*paragraphs], link=link)


def _why(reason: str) -> str:
    return _("The reason: %(reason)s") % {"reason": reason}


def _signed(agency: Agency | None) -> list[str]:
    """The agency and how to reach it, as far as it says."""
    return ["\n".join(filter(None, (str(agency), agency.email, agency.web_site)))] if agency else []
