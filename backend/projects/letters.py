"""Letters about a project that waits for its second founder."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from backend.accounts.models import Person
from backend.core.mail import mail_after_commit
from backend.projects.models import Project


def mail_answer_awaited(project: Project, *, silent: Person, sender: Person) -> None:
    """To who was asked and has not answered."""
    with override(silent.language):
        named = {"sender": sender.get_full_name(), "project": project}
        paragraphs = [
            _(
                "%(sender)s sent you the project “%(project)s”, which you would found together, and waits for your answer."
            )
            % named,
            _(
                "Please sign in to accept or decline it. If you cannot take part, a no helps too: then somebody else can."
            ),
        ]
        _mail(silent, _("“%(project)s” waits for your answer") % named, paragraphs)


def mail_no_answer(project: Project, *, silent: Person, sender: Person) -> None:
    """To who asked and was left without an answer."""
    with override(sender.language):
        named = {"silent": silent.get_full_name(), "project": project}
        paragraphs = [
            _("%(silent)s has not answered to the project “%(project)s”, and was reminded twice.") % named,
            _("You can write once more, or withdraw the project and look for another partner: its text stays yours."),
        ]
        _mail(sender, _("Still no answer to “%(project)s”") % named, paragraphs)


def _mail(person: Person, subject: str, paragraphs: list[str]) -> None:
    mail_after_commit(person.email, language=person.language, subject=subject, paragraphs=[*paragraphs])
