"""Writing an application for the national label bit by bit, until it is sent."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts.models import Person
from backend.core import fields
from backend.core.guards import allow, ensure, ensure_version, refusal
from backend.core.models import change
from backend.core.text import tidy_lines
from backend.eventlog.record import record
from backend.labels.actions.applying import apply_for_label
from backend.labels.events import LabelDraftDiscarded, LabelDraftSaved
from backend.labels.evidence import checked_evidence, things_of
from backend.labels.models import LabelApplication, LabelDraft, LabelGrid
from backend.labels.permissions import can_apply_for_label, can_write_label_draft, is_european, is_ready_for_label
from backend.projects.models import Project
from backend.workspaces.models import Inside


@transaction.atomic
def save_label_draft(
    project: Project, *, actor: Person, expected_version: int = 0, answers: Mapping[str, str] | None = None,
    evidence: Iterable[Inside] | None = None,
) -> LabelDraft:  # fmt: skip
    """Begin a draft (version 0) or go on: answers that are not given stay, evidence is given whole. Who writes on an old
    version, in another browser perhaps, gets both texts back."""
    actor = Person.objects.lock(actor)
    allow(can_apply_for_label(actor, project))
    ensure(is_european(project), "label_project_national", field="project_id")
    ensure(is_ready_for_label(project), "label_project_not_ready", field="project_id")
    draft = LabelDraft.objects.filter(project=project, applicant=actor).first()
    kept = draft or LabelDraft(project=project, applicant=actor, version=0)
    typed = _checked(answers or {})
    ensure_version(expected_version, kept.version, stored=kept.answers, typed=typed)
    values: dict[str, Any] = {"answers": {**kept.answers, **typed}}
    if evidence is not None:
        linked = checked_evidence(evidence, project=project, applicant=actor)
        values["evidence"] = [[kind, str(key)] for kind, key in linked]
    if draft is None:
        kept = LabelDraft.objects.create(project=project, applicant=actor, **values)
    elif not change(draft, **values):
        return draft
    else:
        change(draft, version=draft.version + 1)
    record(LabelDraftSaved(kept), actor=actor)
    return kept


@transaction.atomic
def submit_label_draft(draft: LabelDraft, *, actor: Person, expected_version: int) -> LabelApplication:
    """It is an application from now on, by the same rule as one sent at once; limits count from here."""
    draft = _held(draft, actor)
    allow(can_write_label_draft(actor, draft))
    ensure_version(expected_version, draft.version, stored=draft.answers, typed={})
    application = apply_for_label(draft.project, actor=actor, answers=draft.answers, evidence=_shown(draft))
    draft.delete()
    return application


@transaction.atomic
def discard_label_draft(draft: LabelDraft, *, actor: Person) -> Project:
    """Nothing is left of it."""
    draft = _held(draft, actor)
    allow(can_write_label_draft(actor, draft))
    record(LabelDraftDiscarded(draft), actor=actor)
    draft.delete()
    return draft.project


def _checked(answers: Mapping[str, str]) -> dict[str, str]:
    """Some answers, tidied; a draft may have gaps."""
    known = LabelGrid.objects.current().get().criteria.values_list("code", flat=True)
    fields.check_codes("answers", answers, list(known))
    texts = {code: tidy_lines(text) for code, text in answers.items()}
    for text in texts.values():
        fields.limit(fields.TEXT_LIMIT, answers=text)
    return texts


def _held(draft: LabelDraft, actor: Person) -> LabelDraft:
    """The draft as it is now. Its writer is locked first, as where it is saved: a browser may save while another sends."""
    Person.objects.lock(actor)
    held = LabelDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if held is None:  # sent or discarded meanwhile
        raise refusal("not_found", field="draft_id")
    return held


def _shown(draft: LabelDraft) -> list[Inside]:
    """What the draft shows and is still there."""
    found = things_of(draft.evidence)
    return [found[UUID(key)] for _, key in draft.evidence if UUID(key) in found]
