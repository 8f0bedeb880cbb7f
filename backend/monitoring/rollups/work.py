"""Work in workspaces: what is done there is counted by school and day, and each project keeps its pulse."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date
from uuid import UUID

from django.db.models import Max

from backend.accounts.models import Person
from backend.eventlog.models import Event
from backend.monitoring.models import Pulse, Work
from backend.monitoring.rollups.cell import everywhere
from backend.monitoring.rollups.ledger import BATCH, append, recount
from backend.projects.models import Project, ProjectMember
from backend.workspaces.events import InsideFact

KINDS = {
    "workspace.thread_started": "posts",  # with its first post
    "workspace.post_added": "posts",
    "workspace.update_posted": "updates",
    "workspace.file_uploaded": "files",
    "workspace.link_added": "files",
}
OTHER = "other"
MODERATION = "workspace.content_"  # hidden and removed by a report


def note_work(fact: InsideFact, event: Event) -> None:
    """Officers look and remove; whoever has a school works."""
    actor: Person | None = event.actor
    if actor is None or actor.school is None or fact.kind.startswith(MODERATION):
        return
    day, kind, school = event.at.astimezone(UTC).date(), KINDS.get(fact.kind, OTHER), actor.school
    Work.objects.create(workspace_id=fact.thing.workspace_id, school=school, day=day, kind=kind)
    append(Counter(everywhere([school.country_id], kind, day)))
    _beat(fact.thing.workspace_id, school.pk, day)


def _beat(workspace: UUID, school: UUID, day: date) -> None:
    """The first thing a school does on a day moves the pulse; whatever comes after finds it moved."""
    founders = ProjectMember.objects.filter(project__workspace=workspace, founder_position__isnull=False)
    known = {member.founder_position: member for member in founders.select_related("project__pulse")}
    pulse = getattr(known[1].project, "pulse", None)
    sides = {field: known[position].school_id == school for position, field in ((1, "one_on"), (2, "other_on"))}
    seen = [pulse and pulse.last_on, *(pulse and getattr(pulse, field) for field, mine in sides.items() if mine)]
    if all(moment is not None and moment >= day for moment in seen):
        return
    take_pulse([known[1].project_id], wait=False)


def take_pulse(projects: Iterable[UUID], *, wait: bool = True) -> None:
    """Read the pulses off the work. Who does not wait leaves a project that is being counted to the next folding."""
    keys = sorted(projects)
    batches = [keys[start : start + BATCH] for start in range(0, len(keys), BATCH)]
    recount(Project, [key for batch in batches for key in _take_pulses(batch, wait)])


def _take_pulses(keys: list[UUID], wait: bool) -> list[UUID]:
    """Those that have one. A statement has room for 65,535 values."""
    held = Project.objects.select_for_update(skip_locked=not wait, no_key=True).filter(pk__in=keys).order_by("pk")
    free = set(held.values_list("pk", flat=True))
    pulses = [pulse for key in keys if key in free and (pulse := _pulse(key))]
    Pulse.objects.bulk_create(
        pulses,
        update_conflicts=True,
        unique_fields=["project"],
        update_fields=["last_on", "one_on", "other_on"],
    )
    return [pulse.project_id for pulse in pulses]


def _pulse(project: UUID) -> Pulse | None:
    done = Work.objects.filter(workspace__project=project).values("school").annotate(last=Max("day"))
    days = dict(done.values_list("school", "last"))
    if not days:
        return None
    founders = ProjectMember.objects.filter(project=project, founder_position__isnull=False)
    schools = dict(founders.values_list("founder_position", "school"))
    return Pulse(
        project_id=project, last_on=max(days.values()), one_on=days.get(schools[1]), other_on=days.get(schools[2])
    )
