"""Yardstick: the same answers in plain Django by hand: a view, `.values()`, and nothing that can be left out."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth import authenticate
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse

from backend.accounts.models import Person, PersonKind, PersonState
from backend.accounts.sign_in import issue_token, person_of_token
from backend.projects.models import OPENED, Project, ProjectMember, ProjectState
from backend.workspaces.actions.discussions import add_post
from backend.workspaces.models import PublicHome, Thread, Workspace, WorkspaceMembership

MEMBER = ("role", "person__given_name", "person__family_name", "school__name", "school__town", "country_id")
PERSON = ("given_name", "family_name", "role", "presentation", "school__name", "school__town", "country_id")
Row = dict[str, Any]


def answer(request: HttpRequest) -> JsonResponse:
    """POST {"name", "keys"} with a bearer token."""
    asked = json.loads(request.body)
    return JsonResponse({"data": QUESTIONS[asked["name"]](viewer_of(request), asked["keys"])})


def viewer_of(request: HttpRequest) -> Person | None:
    token = request.headers.get("Authorization")
    return person_of_token(token.removeprefix("Bearer ")) if token else None


def name(row: Row, prefix: str = "") -> str:
    return f"{row[prefix + 'given_name']} {row[prefix + 'family_name']}".strip()


def edges(nodes: Iterable[Row]) -> Row:
    return {"edges": [{"node": node} for node in nodes]}


def search(viewer: Person, keys: Row) -> Row:
    found = Person.objects.filter(
        kind=PersonKind.STAFF, state=PersonState.VALIDATED, country=keys["country"], is_available=True,
    ).exclude(pk=viewer.pk)  # fmt: skip
    if keys["region"]:
        found = found.filter(found_in=keys["region"])
    speakers = Person.languages.through.objects.filter(language=keys["language"]).values("person")
    found = found.filter(pk__in=speakers)
    for word in keys["words"].split():
        found = found.filter(found_by__contains=word)
    nodes = [
        {
            "name": name(row), "role": row["role"], "presentation": row["presentation"],
            "school": {"name": row["school__name"], "town": row["school__town"]}, "country": {"code": row["country_id"]},
        }
        for row in found.order_by("-pk").values(*PERSON)[:20]
    ]  # fmt: skip
    return {"teachers": {"totalCount": found.values("pk")[:1001].count(), **edges(nodes)}}


def members(of: QuerySet[ProjectMember]) -> dict[Any, list[Row]]:
    grouped = defaultdict(list)
    for row in of.order_by("id").values("project_id", *MEMBER):
        grouped[row["project_id"]].append({
            "role": row["role"], "person": {"name": name(row, "person__")},
            "school": {"name": row["school__name"], "town": row["school__town"]}, "country": {"code": row["country_id"]},
        })  # fmt: skip
    return grouped


def thread(viewer: Person, keys: Row) -> Row:
    rooms = WorkspaceMembership.objects.present().filter(person=viewer).values("workspace")
    found = Thread.objects.get(pk=keys["thread"], workspace__in=rooms)
    posts = found.posts.order_by("id").values("text", "version", "author__given_name", "author__family_name")[:50]
    nodes = [
        {"text": row["text"], "version": row["version"], "author": {"name": name(row, "author__")}} for row in posts
    ]
    return {"title": found.title, "posts": edges(nodes)}


def project(viewer: Person, keys: Row) -> Row:
    row = Project.objects.filter(state__in=OPENED).values("title", "summary").get(pk=keys["project"])
    among = members(ProjectMember.objects.filter(project=keys["project"]))
    row["members"] = next(iter(among.values()))
    return {"project": row, "thread": thread(viewer, keys)}


def workspace(viewer: Person, keys: Row) -> Row:
    row = Workspace.objects.values("description").get(pk=keys["workspace"])
    inside = WorkspaceMembership.objects.filter(workspace=keys["workspace"], left_at=None).order_by("id")
    people = inside.values("role", "person__given_name", "person__family_name")[:50]
    row["members"] = edges({"role": one["role"], "person": {"name": name(one, "person__")}} for one in people)
    return {"workspace": row, "thread": thread(viewer, keys)}


def gallery(viewer: Person, keys: Row) -> Row:
    homes = PublicHome.objects.filter(is_public=True, project__state__in=OPENED).order_by("-pk")
    rows = homes.values("project__title", "project__summary")[:100]
    return {"gallery": edges({"title": row["project__title"], "summary": row["project__summary"]} for row in rows)}


def listed(viewer: Person, keys: Row) -> Row:
    rows = list(Project.objects.filter(state=ProjectState.OPEN).order_by("-pk").values("pk", "title")[:500])
    among = members(ProjectMember.objects.filter(project__in=[row["pk"] for row in rows]))
    nodes = [{"title": row["title"], "members": among[row["pk"]]} for row in rows]
    return {f"p{n}": edges(nodes[n * 100 : n * 100 + 100]) for n in range(5)}


def oneself(viewer: Person, keys: Row) -> Row:
    row = Person.objects.values(*PERSON).get(pk=viewer.pk)
    school = {"name": row["school__name"], "town": row["school__town"]}
    return {"viewer": {"person": {"name": name(row), "country": {"code": row["country_id"]}, "school": school}}}


def queue(viewer: Person, keys: Row) -> Row:
    waiting = Person.objects.filter(
        kind=PersonKind.STAFF,
        country=keys["country"],
        state__in=(PersonState.PENDING, PersonState.INFORMATION_REQUESTED),
    )
    nodes = (
        {"name": name(row), "role": row["role"], "school": {"name": row["school__name"], "town": row["school__town"]}}
        for row in waiting.order_by("due_at", "pk").values(*PERSON)[:50]
    )
    return {"desk": {"waitingPeople": edges(nodes)}}


def post(viewer: Person, keys: Row) -> Row:
    into = Thread.objects.select_related("workspace", "discussion").get(pk=keys["thread"])
    added = add_post(into, actor=viewer, text=keys["text"])
    return {"addPost": {"text": added.text, "version": added.version, "author": {"name": name(vars(viewer))}}}


def sign_in(viewer: None, keys: Row) -> Row:
    person = authenticate(login=keys["login"], password=keys["password"])
    assert isinstance(person, Person)
    issue_token(person)
    return {"login": {"viewer": {"person": {"name": name(vars(person))}}}}


QUESTIONS: dict[str, Callable[[Any, Row], Row]] = {
    "partner search": search, "partner search with words": search, "project page": project, "workspace page": workspace,
    "gallery of 100": gallery, "list of 500": listed, "viewer": oneself, "approval queue": queue,
    "posting": post, "signing in": sign_in,
}  # fmt: skip
