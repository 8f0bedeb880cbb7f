"""Notes of an office about a person, a school or a project."""

from uuid import UUID

from django.db import transaction

from backend.accounts.models import Person
from backend.core import fields
from backend.core.guards import allow, ensure
from backend.core.text import tidy_lines
from backend.desk.events import NoteRemoved, NoteWritten
from backend.desk.models import Note
from backend.desk.permissions import can_remove_note, can_write_note
from backend.eventlog.record import record
from backend.projects.models import Project
from backend.schools.models import School

NOTES = 100


@transaction.atomic
def write_note(subject: Person | School | Project, *, actor: Person, text: str) -> Note:
    """Kept for colleagues, with who wrote it and when."""
    subject = type(subject)._default_manager.lock(subject)
    allow(can_write_note(actor, subject))
    text = tidy_lines(text)
    fields.require(text=text)
    fields.limit(fields.TEXT_LIMIT, text=text)
    agency = actor.officer.agency
    ensure(Note.objects.about(subject).filter(agency=agency).count() < NOTES, "notes_enough", limit=NOTES)
    name = subject._meta.model_name or ""
    note: Note = Note.objects.create(agency=agency, author=actor, text=text, **{name: subject})
    record(NoteWritten(note), actor=actor)
    return note


@transaction.atomic
def remove_note(note: Note, *, actor: Person) -> UUID:
    """Gone for everybody."""
    note = Note.objects.lock(note)
    allow(can_remove_note(actor, note))
    key = note.pk
    Note.objects.filter(pk=key).delete()
    record(NoteRemoved(note), actor=actor)
    return key
