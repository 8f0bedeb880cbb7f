"""Somebody who has done a bit of everything, and a mark in each personal field that tells about them."""

from typing import Any
from uuid import uuid4

from django.db import connection
from django.db.models import CharField, JSONField, Model, TextField
from django_otp.plugins.otp_totp.models import TOTPDevice

from backend.accounts.actions import create_token
from backend.accounts.models import Inquiry, Person, Session
from backend.accounts.second_factor import new_recovery_codes
from backend.agencies.models import Agency
from backend.core import clock
from backend.desk.models import Note, SavedView
from backend.labels.models import LabelDraft
from backend.mailings.models import Mailing, MailingLetter
from backend.moderation.actions.sanctions import appeal_decision, decide_appeal
from backend.partners.actions import post_announcement, request_contact, send_message
from backend.privacy.classes import Classes, classes
from backend.projects.actions.commenting import comment_project
from backend.workspaces.actions.discussions import edit_post
from tests.factories.labels import application, assessed
from tests.factories.moderation import help_request, report, sanction
from tests.factories.people import central, officer, teacher
from tests.factories.projects import contacts
from tests.factories.scene import Scene

MARK = "canary"


class Everything(Scene):
    """The founder of the scene, with rows in every area."""

    def __init__(self) -> None:
        super().__init__()
        me = self.founder
        self.friend = teacher("IT")
        contacts(me, self.friend)
        self.received = send_message(actor=self.friend, person=me, text="From a friend")
        self.sent = send_message(actor=me, person=self.friend, text="To a friend")
        request_contact(teacher("ES"), actor=me, note="Hello")
        self.announced = post_announcement(actor=me, title="Rivers", text="Who?")
        applied = assessed(application(self.room.project, applicant=me), feedback="Good")
        applied.feedback = "Well done"
        applied.save()
        LabelDraft.objects.create(project=self.room.project, applicant=me, version=1, answers={"results": "A river"})
        help_request(actor=me)
        report(self.friend, actor=me)
        Inquiry.objects.create(person=me, asked_by=officer("FR"), question="Who?", answer="Me")
        create_token(me, name="Portal", days=5)
        TOTPDevice.objects.create(user=me)
        new_recovery_codes(me)
        Session.objects.create(session_key=uuid4().hex, session_data="x", person=me, expire_date=clock.now())
        edit_post(self.post, actor=me, text="Me, too", expected_version=1)
        comment_project(self.room.project, actor=me, text="Is this right?")
        appeal = appeal_decision(sanction(me, "WARNING"), actor=me, text="It is not")
        decide_appeal(appeal, actor=central(), upheld=True, reason="It is")
        self._as_the_agency_knows_it(me)

    def _as_the_agency_knows_it(self, me: Person) -> None:
        agency = Agency.objects.get(country=me.country_id)
        mailing = Mailing.objects.create(agency=agency, title="News", language="en")
        MailingLetter.objects.create(mailing=mailing, person=me, address=me.email)
        Note.objects.create(agency=agency, author=officer("FR"), person=me, text="Call in May")
        SavedView.objects.create(owner=me, agency=agency, queue="people", name="Mine", query="state=new")


def rows_of(each: Classes, person: Person, path: str) -> Any:
    return each.model._base_manager.filter(**{path: person.pk})


def mark(person: Person) -> tuple[set[str], set[str]]:
    """Put the mark into each personal or secret text about this person; which fields, and which have no row."""
    marked, missing = set(), set()
    for label, each in classes().items():
        for name, path in {**each.personal, **each.secret}.items():
            field: Any = each.model._meta.get_field(name)
            if not path or not isinstance(field, CharField | TextField | JSONField) or field.choices:
                continue
            rows = rows_of(each, person, path)
            keys = list(rows.values_list("pk", flat=True))
            if not keys:
                missing.add(f"{label}.{name}")
                continue
            for key in keys:
                _mark_one(each.model, key, field)
            marked.add(f"{label}.{name}")
    return marked, missing


def _mark_one(model: type[Model], key: Any, field: Any) -> None:
    value: Any = f"{MARK}{uuid4().hex[:8]}"[: field.max_length or None]
    if isinstance(field, JSONField):
        value = {"text": value}
    elif field.name == "email":
        value = f"{value}@example.org"
    model._base_manager.filter(pk=key).update(**{field.name: value})


def found_in_database(mark: str) -> list[str]:
    """Every column of every table that holds the mark, whatever the models say."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} WHERE 1 = 0")  # noqa: S608
            for column in [described[0] for described in cursor.description]:
                name = connection.ops.quote_name(column)
                cursor.execute(
                    f"SELECT count(*) FROM {connection.ops.quote_name(table)} "  # noqa: S608 (names of our own)
                    f"WHERE lower(CAST({name} AS text)) LIKE %s",
                    [f"%{mark.lower()}%"],
                )
                if cursor.fetchone()[0]:
                    found.append(f"{table}.{column}")
    return sorted(found)
