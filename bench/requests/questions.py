"""What is asked of every peer: the same answer in each one's own words."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from strawberry.relay.utils import to_base64
from strawberry_django.relay import DjangoCursorEdge

from backend.accounts.models import Person
from backend.accounts.sign_in import issue_token
from backend.projects.models import Project, ProjectState
from backend.workspaces.models import Thread, Workspace
from graphql_schema.lookup import global_id

COUNTRY, LANGUAGE, REGION = "FR", "en", "Region 3"
MEMBER = "role person { name } school { name town } country { code }"
LISTED = f"edges {{ node {{ title members {{ {MEMBER} }} }} }}"
TEACHERS = "totalCount edges { node { name role presentation school { name town } country { code } } }"
POSTS = "title posts(first: 50) { edges { node { text version author { name } } } }"


@dataclass(frozen=True)
class Question:
    """A document with its variables, and what its peers' handlers need to give the same answer."""

    name: str
    document: str
    variables: dict[str, Any]
    keys: dict[str, Any] = field(default_factory=dict)
    officer: bool = False
    peers: tuple[str, ...] = ("raw", "plain", "stock")


def signed_in() -> dict[str, str]:
    """Tokens of a teacher who founded a project with a workspace, and of an officer of the largest country."""
    return {"teacher": issue_token(teacher()), "officer": issue_token(officer())}


def room() -> Workspace:
    """An ordinary workspace: neither the smallest nor one of the huge ones, with six members."""
    found = Workspace.objects.filter(project__state=ProjectState.OPEN)
    found = found.annotate(n=Count("project__members")).filter(n__gte=5).order_by("id")
    return found.select_related("project")[100]


def teacher() -> Person:
    return Person.objects.get(project_members__project=room().project, project_members__founder_position=1)


def officer() -> Person:
    return Person.objects.get(login=f"officer1.{COUNTRY.lower()}@bench.example")


def questions() -> list[Question]:
    workspace = room()
    thread = Thread.objects.filter(workspace=workspace).order_by("id")[0]
    found = {"countries": [COUNTRY], "languages": [LANGUAGE], "available": True, "region": REGION}
    criteria = {"country": COUNTRY, "language": LANGUAGE, "region": REGION, "viewer": teacher().pk}
    of_project = {"id": global_id(workspace.project), "thread": global_id(thread)}
    keys = {"project": workspace.project_id, "thread": thread.pk, "workspace": workspace.pk}
    search = f"query Search($filter: TeacherFilter!) {{ teachers(filter: $filter, first: 20) {{ {TEACHERS} }} }}"
    page = (
        f"query Page($id: ID!, $thread: ID!) {{ project(id: $id) {{ title summary members {{ {MEMBER} }} }} "
        f"thread(id: $thread) {{ {POSTS} }} }}"
    )
    inside = (
        "query Room($id: ID!, $thread: ID!) { workspace(id: $id) { description members(first: 50) "
        f"{{ edges {{ node {{ role person {{ name }} }} }} }} }} thread(id: $thread) {{ {POSTS} }} }}"
    )
    return [
        Question("partner search", search, {"filter": found}, criteria),
        Question("partner search with words", search, {"filter": {**found, "words": "rivers music"}}, {**criteria, "words": "rivers music"}),
        Question("project page", page, of_project, keys),
        Question("workspace page", inside, {"id": global_id(workspace), "thread": global_id(thread)}, keys),
        Question("gallery of 100", "{ gallery(first: 100) { edges { node { title summary } } } }", {}),
        Question("list of 500", _five_pages(), _cursors(), {}),
        Question("viewer", "{ viewer { person { name country { code } school { name town } } } }", {}, criteria),
        Question(
            "approval queue",
            "{ desk { waitingPeople(first: 50) { edges { node { name role school { name town } } } } } }",
            {}, {"country": COUNTRY}, officer=True,
        ),
    ]  # fmt: skip


def _five_pages() -> str:
    """A page has at most 100 entries: five of them in one document."""
    later = " ".join(f"p{n}: projects(first: 100, after: $c{n}, state: OPEN) {{ {LISTED} }}" for n in range(1, 5))
    variables = ", ".join(f"$c{n}: String" for n in range(1, 5))
    return f"query List({variables}) {{ p0: projects(first: 100, state: OPEN) {{ {LISTED} }} {later} }}"


def _cursors() -> dict[str, str]:
    """After which project each of the later pages begins, as cursors of the API."""
    newest = Project.objects.filter(state=ProjectState.OPEN).order_by("-id").values_list("id", flat=True)[:400]
    ends = (newest[n * 100 - 1] for n in range(1, 5))
    return {
        f"c{n}": to_base64(DjangoCursorEdge.CURSOR_PREFIX, json.dumps([str(key)]))
        for n, key in enumerate(ends, start=1)
    }
