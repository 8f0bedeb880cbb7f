"""What a project counts for: with its pair of countries, and once opened by what it is about and how it is doing."""

from collections.abc import Iterator

from django.db.models import Prefetch, QuerySet

from backend.monitoring.rollups.cell import EUROPE, Cell, day_of, everywhere, spans
from backend.projects.models import OPENED, Outcome, Project, ProjectMember, ProjectState

BANDS = {"3-6": (3, 6), "7-11": (7, 11), "12-15": (12, 15), "16-20": (16, 20)}
BY_STATE = {ProjectState.OPEN: "pair_open", ProjectState.PENDING_APPROVAL: "pair_waiting"}


def countable() -> QuerySet[Project]:
    """Projects that reached the agencies, with all that is needed to count them."""
    founders = ProjectMember.objects.filter(founder_position__isnull=False).select_related("school")
    found = Project.objects.filter(round__gt=0).select_related("workspace", "pulse")
    return found.prefetch_related(Prefetch("members", founders), "decisions", "subjects", "languages")


def project_cells(project: Project) -> Iterator[Cell]:
    yield from _paired(project, "pair", day_of(project.created_at))
    if project.state in BY_STATE:
        yield from _paired(project, BY_STATE[ProjectState(project.state)], day_of(project.created_at))
    for decision in project.decisions.all():
        if decision.outcome != Outcome.PENDING and decision.decided_at and not decision.is_automatic:
            yield from spans(decision.country_id, "approve", decision.created_at, decision.decided_at)
    if project.state in OPENED and hasattr(project, "workspace"):
        yield from _opened(project)


def _paired(project: Project, measure: str, day: str) -> Iterator[Cell]:
    """In each founder's country with the other one as the code; once in Europe."""
    one, other = (member.country_id for member in project.founders)
    yield from {Cell(one, measure, other, day), Cell(other, measure, one, day), Cell(EUROPE, measure, "", day)}


def _opened(project: Project) -> Iterator[Cell]:
    opened = project.workspace.created_at
    yield from _paired(project, "opened", day_of(opened))
    for measure, codes in _about(project).items():
        for code in codes:
            yield from everywhere(project.founder_countries, measure, opened, code)
    for country in (*project.founder_countries, EUROPE):
        types = {m.school.type for m in project.founders if country in (m.country_id, EUROPE)}
        yield from (Cell(country, "opened_type", kind, day_of(opened)) for kind in sorted(types))
    yield from _doing(project)


def _about(project: Project) -> dict[str, list[str]]:
    first, last = project.ages_from, project.ages_to
    known = first is not None and last is not None
    bands = [name for name, (low, high) in BANDS.items() if known and first <= high and last >= low]  # type: ignore[operator]
    return {
        "opened_subject": [term.pk for term in project.subjects.all()],
        "opened_language": [term.pk for term in project.languages.all()],
        "opened_age": bands,
    }


def _doing(project: Project) -> Iterator[Cell]:
    """By the day of the last work, so that active, quiet and stalled are sums over days."""
    pulse = getattr(project, "pulse", None)
    opened = day_of(project.workspace.created_at)
    if pulse:
        yield from _paired(project, "started", opened)
    if project.state != ProjectState.OPEN:
        return
    if pulse is None:
        yield from _paired(project, "idle", opened)
        return
    yield from _paired(project, "last_work", day_of(pulse.last_on))
    if (pulse.one_on is None) != (pulse.other_on is None):
        yield from _paired(project, "one_sided", opened)
