"""What agencies keep and write: ready texts, a message that was sent, one that waits, a regional delegate."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.mail import get_connection
from django_otp.plugins.otp_totp.models import TOTPDevice

from backend.accounts.models import Person, PersonKind, PersonState
from backend.agencies.actions import accept_appointment, appoint_officer
from backend.agencies.actions.texts import write_text
from backend.agencies.invitations import invitation_token
from backend.config.demo.ground.officers import at_agency
from backend.config.demo.ground.world import World
from backend.core import clock
from backend.mailings.actions.consent import set_mailing_consent
from backend.mailings.actions.sending import send_mailing
from backend.mailings.actions.writing import draft_mailing, save_audience
from backend.mailings.delivery import send_messages
from backend.mailings.models import Mailing, MailingConsent
from backend.schools.models import School

EVERY = 3  # one teacher in three wants messages of the agency
TEXTS = {
    "PERSON_REJECTED": {
        "en": ("Not school staff", "eTwinning is for people who work at a school. Your school has not confirmed you."),
        "fr": ("Hors personnel", "eTwinning s’adresse au personnel des établissements. Le vôtre ne vous a pas confirmé."),
    },
    "INFORMATION_REQUESTED": {
        "en": ("Which subject?", "Which subject do you teach, and which classes would take part?"),
        "fr": ("Quelle matière ?", "Quelle matière enseignez-vous, et quelles classes participeraient ?"),
    },
    "CHANGES_REQUESTED": {
        "en": ("Who does what", "Please say what each school does, so that both have a part in the result."),
        "fr": ("Qui fait quoi", "Merci de préciser ce que fait chaque établissement, pour que les deux aient leur part."),
    },
    "MESSAGE": {
        "en": ("A seminar to find partners", "Three days, forty teachers, and a project idea to take home.\n\nWrite to us."),
        "fr": (
            "Un séminaire pour trouver des partenaires",
            "Trois jours, quarante enseignants, et une idée de projet à rapporter.\n\nÉcrivez-nous.",
        ),
    },
}  # fmt: skip
SENT = {
    "en": {
        "subject": "New school year, new partners",
        "body": "Welcome back. Announcements of this week come from eleven countries: have a look.\n\nYour agency",
    },
    "fr": {
        "subject": "Nouvelle année, nouveaux partenaires",
        "body": "Bonne rentrée. Les annonces de cette semaine viennent de onze pays : jetez-y un œil.\n\nVotre agence",
    },
}


def play_office(world: World) -> None:
    _consent()
    lead, desk = at_agency("lead.fr"), at_agency("officer.fr")
    for use, texts in TEXTS.items():
        for language, (title, text) in texts.items():
            write_text(desk.officer.agency, actor=desk, use=use, language=language, title=title, text=text)
    _write(desk)
    _appoint_delegate(world, lead)


def _consent() -> None:
    """Whoever the demo is played by wants messages, and one teacher in three."""
    staff = Person.objects.filter(kind=PersonKind.STAFF, state=PersonState.VALIDATED).order_by("pk")
    now = clock.now()
    MailingConsent.objects.bulk_create(
        MailingConsent(person_id=key, given_at=now) for key in staff.values_list("pk", flat=True)[::EVERY]
    )
    for name in ("Agathe", "Marek"):
        set_mailing_consent(actor=staff.filter(given_name=name).latest("pk"), wanted=True)


def _write(desk: Any) -> None:
    agency = desk.officer.agency
    sent = draft_mailing(agency, actor=desk, words=SENT, criteria={})
    send_mailing(sent, actor=desk)
    Mailing.objects.filter(pk=sent.pk).update(send_at=clock.now())
    send_messages(get_connection("django.core.mail.backends.dummy.EmailBackend"))
    criteria = {"projects": "NONE"}
    save_audience(agency, actor=desk, name="Never in a project", criteria=criteria)
    title, text = TEXTS["MESSAGE"]["fr"]
    words = {"fr": {"subject": title, "body": text}}
    waiting = draft_mailing(agency, actor=desk, words=words, criteria=criteria)
    send_mailing(waiting, actor=desk, at=clock.now() + timedelta(days=3))
    draft_mailing(agency, actor=desk, words={"fr": {"subject": "Brouillon : printemps", "body": "…"}}, criteria={})


def _appoint_delegate(world: World, lead: Any) -> None:
    regions = School.objects.regions_of("FR")
    if not regions:
        return
    email = "delegate.fr@agency.example"
    given = {"given_name": "Solène", "family_name": "Le Gall", "language": "fr"}
    agency = lead.officer.agency
    officer = appoint_officer(agency, actor=lead, email=email, role="DELEGATE", regions=regions[:2], **given)
    accept_appointment(invitation_token(officer.person), password=f"{uuid4()}")
    Person.objects.filter(pk=officer.person_id).update(password=world.password)
    TOTPDevice.objects.create(user=officer.person, key=TOTPDevice.objects.get(user=lead).key)  # as all in the demo
