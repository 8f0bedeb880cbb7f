"""Projects, their founders and partners, and the agencies' decisions."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from backend.projects.models import (
    Decision,
    Outcome,
    Project,
    ProjectMember,
    ProjectMemberState,
    ProjectRole,
    ProjectState,
)
from backend.projects.text import search_text_of
from bench.data.people import LANGUAGES, SUBJECTS, WORDS, Rows
from bench.data.scale import NOW, Scale

WAITING = (
    ProjectState.PENDING_APPROVAL,
    ProjectState.PENDING_APPROVAL,
    ProjectState.PENDING_PARTNER,
    ProjectState.DRAFT,
)


def tables(scale: Scale) -> Iterator[tuple[Any, Rows, int]]:
    yield Project, projects(scale), scale.projects
    yield ProjectMember, members(scale), scale.members
    yield Decision, decisions(scale), scale.projects * 2
    yield Project.languages.through, links(scale, "language_id"), scale.projects * 2
    yield Project.subjects.through, links(scale, "subject_id"), scale.projects * 2


def state_of(scale: Scale, n: int) -> ProjectState:
    """The oldest are archived, the newest wait, in between are those with a workspace."""
    if n >= scale.first_room + scale.rooms:
        return WAITING[n % len(WAITING)]
    if n < scale.first_room:
        return ProjectState.ARCHIVED
    return ProjectState.OPEN if n > scale.first_room + scale.rooms // 2 else ProjectState.CLOSED


def projects(scale: Scale) -> Rows:
    draw = scale.chance.random
    for n in range(scale.projects):
        at, low = scale.moment("project", n), 3 + int(draw() * 12)
        words = [WORDS[int(draw() * len(WORDS))] for _ in range(4)]
        title = f"{words[0].capitalize()} and {words[1]} {n}"
        summary = f"Two classes work on {words[2]} and {words[3]}: they ask, measure, draw, write and meet online."
        yield {
            "id": scale.key("project", n), "created_at": at, "title": title, "summary": summary,
            "aims": f"Pupils learn about {words[2]} from each other.", "process": "A topic a month, in mixed teams.",
            "ages_from": low, "ages_to": low + 3, "pupil_count": 20 + int(draw() * 60), "state": state_of(scale, n).value,
            "state_since": at + timedelta(hours=2), "round": 1, "starts_on": at.date(),
            "ends_on": (at + timedelta(days=200)).date(),
            "submitted_by_id": scale.key("person", scale.founders[n][0]), "search_text": search_text_of(title, summary),
        }  # fmt: skip


def members(scale: Scale) -> Rows:
    number = 0
    for n, founders in enumerate(scale.founders):
        at = scale.moment("project", n)
        for position, person in enumerate((*founders, *scale.partners.get(n, ()))):
            founds = position < len(founders)
            yield {
                "id": scale.key("member", number), "created_at": at, "project_id": scale.key("project", n),
                "person_id": scale.key("person", person), "school_id": scale.key("school", scale.school_of_person[person]),
                "country_id": scale.country_of_person(person), "state": ProjectMemberState.JOINED.value,
                "role": (ProjectRole.FOUNDER if founds else ProjectRole.PARTNER).value,
                "founder_position": position + 1 if founds else None, "is_administrator": founds,
            }  # fmt: skip
            number += 1


def decisions(scale: Scale) -> Rows:
    draw, number = scale.chance.random, 0
    for n, founders in enumerate(scale.founders):
        state = state_of(scale, n)
        if state in (ProjectState.DRAFT, ProjectState.PENDING_PARTNER):
            continue
        at, waits = scale.moment("project", n), state == ProjectState.PENDING_APPROVAL
        for country in dict.fromkeys(scale.country_of_person(person) for person in founders):
            yield {
                "id": scale.key("decision", number), "created_at": at, "project_id": scale.key("project", n), "round": 1,
                "country_id": country, "outcome": (Outcome.PENDING if waits else Outcome.APPROVED).value,
                "due_at": NOW + timedelta(days=draw() * 12 - 6) if waits else at + timedelta(days=7),
                "decided_at": None if waits else at + timedelta(days=draw() * 9),
            }  # fmt: skip
            number += 1


def links(scale: Scale, column: str) -> Rows:
    draw = scale.chance.random
    for n, founders in enumerate(scale.founders):
        own = {LANGUAGES[scale.country_of_person(founders[0])], "en"}
        subjects = {SUBJECTS[int(draw() ** 2 * len(SUBJECTS))] for _ in range(2)}
        for code in own if column == "language_id" else subjects:
            yield {"project_id": scale.key("project", n), column: code}
