"""A letter of an agency to the founders of a project."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from backend.accounts.models import Person, PersonState
from backend.core.mail import mail_after_commit
from backend.projects.models import Project


def mail_founders(project: Project, *, officer: Person, text: str, offers_search: bool) -> None:
    for founder in project.founders:
        person = founder.person
        if person.state != PersonState.VALIDATED:
            continue
        with override(person.language):
            signed = {"officer": officer.get_full_name(), "agency": officer.officer.agency.name}
            paragraphs = [
                text,
                *(
                    [_("Your agency offers to look for further partners with you: ask it for help.")]
                    if offers_search
                    else []
                ),
                _("%(officer)s, %(agency)s") % signed,
            ]
            subject = _("About your project “%(project)s”") % {"project": project}
            mail_after_commit(person.email, language=person.language, subject=subject, paragraphs=list(paragraphs))
