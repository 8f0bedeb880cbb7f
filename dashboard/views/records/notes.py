"""Notes on a record: what the office should remember, and nobody outside it reads."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backend.accounts.models import Person
from backend.desk.models import Note
from backend.desk.notes import remove_note, write_note
from backend.desk.permissions import can_remove_note, can_write_note
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.decisions import CommentForm, DecisionForm, NoteForm
from dashboard.perform import perform, settled
from dashboard.templatetags.dashboard import page_of

Show = Callable[[OfficerRequest, Any, DecisionForm, int], HttpResponse]


def keep(request: OfficerRequest, subject: Any, show: Show) -> HttpResponse:
    """Back to the record, with what was typed where it was refused."""
    form = NoteForm(request.POST)
    status = perform(form, write_note, subject, actor=request.user, text_as="text")
    to = f"{page_of(subject)}#notes"
    return settled(request, status, _("The note is kept."), to, lambda: show(request, subject, form, status))


@require_POST
@for_officers
def remove(request: OfficerRequest, pk: UUID) -> HttpResponse:
    note = get_object_or_404(Note.objects.visible_to(request.user), pk=pk)
    remove_note(note, actor=request.user)
    messages.success(request, _("The note is removed."))
    return redirect(f"{page_of(note.subject)}#notes")


def forms_and_notes(viewer: Person, subject: Any, form: DecisionForm) -> dict[str, Any]:
    """What a record shows; a note that was refused stays in its own box, never in one that somebody else reads."""
    is_note = isinstance(form, NoteForm)
    is_aside = isinstance(form, NoteForm | CommentForm)
    return {
        "notes": [(note, can_remove_note(viewer, note)) for note in Note.objects.for_viewer(viewer).about(subject)],
        "may_note": can_write_note(viewer, subject),
        "note_form": form if is_note else NoteForm(),
        "form": DecisionForm() if is_aside else form,
    }
