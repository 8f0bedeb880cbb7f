"""Evidence: things inside a workspace, and what an assessor gets to read of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps

from backend.accounts.models import Person
from backend.core.guards import ensure
from backend.labels.models import EvidenceKind, LabelApplication, LabelAssessment, LabelState
from backend.labels.permissions import can_assess_label
from backend.projects.models import Project
from backend.workspaces.models import File, FileKind, Inside, Thread

EVIDENCE_LIMIT = 30


@dataclass(frozen=True)
class Exhibit:
    """A thing as it is now, without anything around it; nothing of what was removed since."""

    kind: EvidenceKind
    title: str = ""
    text: str = ""
    link: str = ""
    file_id: UUID | None = None
    is_removed: bool = False


def checked_evidence(things: Iterable[Inside], *, project: Project, applicant: Person) -> list[tuple[str, UUID]]:
    """Kind and key of each thing, once; refuses what is not in the project's workspace or not the applicant's to see."""
    linked = {(thing._meta.label, thing.pk): thing for thing in things}
    ensure(len(linked) <= EVIDENCE_LIMIT, "too_many_at_once", field="evidence_ids", limit=EVIDENCE_LIMIT)
    for label in {label for label, _ in linked}:
        ensure(label in EvidenceKind.values, "label_evidence_elsewhere", field="evidence_ids")
        keys = {key for kind, key in linked if kind == label}
        seen = _rows(label).visible_to(applicant).filter(pk__in=keys, workspace__project=project)
        ensure(set(seen.values_list("pk", flat=True)) == keys, "label_evidence_elsewhere", field="evidence_ids")
    removed = any(thing.is_removed for thing in linked.values())
    ensure(not removed, "label_evidence_removed", field="evidence_ids")
    return list(linked)


def exhibits(application: LabelApplication) -> list[Exhibit]:
    """What the applicant shows, in the order given; one query for each kind of thing."""
    linked = list(application.evidence.all())
    found = things_of([(row.kind, row.subject_id) for row in linked])
    return [_exhibit(EvidenceKind(row.kind), found.get(row.subject_id)) for row in linked]


def things_of(linked: Sequence[tuple[str, UUID | str]]) -> dict[UUID, Inside]:
    """Those of the things, given by kind and key, that are still there."""
    found: dict[UUID, Inside] = {}
    for kind in {kind for kind, _ in linked}:
        found |= _load(kind, [key for each, key in linked if each == kind])
    return found


def evidence_file(viewer: Person | None, key: UUID) -> File | None:
    """A file for an assessor who opened the evidence it belongs to, until the decision."""
    if viewer is None or not viewer.oversees:
        return None
    opened = LabelAssessment.objects.filter(
        assessor=viewer, opened_at__isnull=False, conflict_declared_at=None, application__state=LabelState.SUBMITTED,
        application__evidence__kind=EvidenceKind.FILE, application__evidence__subject_id=key,
    )  # fmt: skip
    mine = any(can_assess_label(viewer, part.application) for part in opened.select_related("application"))
    stored = File.objects.filter(pk=key, removed_at=None, hidden_at=None).exclude(kind=FileKind.LINK)
    return stored.first() if mine else None


def _rows(label: str) -> Any:
    model: Any = apps.get_model(label)
    return model._default_manager.all()


def _load(label: str, keys: Sequence[UUID | str]) -> dict[UUID, Inside]:
    rows = _rows(label)
    found: dict[UUID, Inside] = (rows.prefetch_related("posts") if rows.model is Thread else rows).in_bulk(keys)
    return found


def _exhibit(kind: EvidenceKind, thing: Inside | None) -> Exhibit:
    if thing is None or thing.is_removed:
        return Exhibit(kind, is_removed=True)
    title = getattr(thing, "title", "")
    if isinstance(thing, File):
        stored = None if thing.kind == FileKind.LINK else thing.pk
        return Exhibit(kind, title=thing.name, text=thing.caption, link=thing.link, file_id=stored)
    if isinstance(thing, Thread):
        return Exhibit(kind, title=title, text="\n\n".join(_posts(thing)))
    text: str = getattr(thing, "text", "") or getattr(thing, "description", "")
    return Exhibit(kind, title=title, text=text)


def _posts(thread: Thread) -> Iterator[str]:
    """What the posts say, oldest first, without names."""
    return (post.text for post in sorted(thread.posts.all(), key=lambda post: post.pk) if not post.is_removed)
