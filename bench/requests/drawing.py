"""Who asks what in a database that `make bench-data` filled."""

import json
from functools import cache

from django.db.models import Count
from strawberry.relay.utils import to_base64
from strawberry_django.relay import DjangoCursorEdge

from backend.accounts.models import AccessToken, Person, PersonKind
from backend.accounts.sign_in import issue_token
from backend.eventlog.models import Event
from backend.projects.models import Project, ProjectState
from backend.workspaces.models import Post, Thread, Workspace
from bench.data.people import PASSWORD
from bench.requests import questions as asked
from bench.requests.questions import DJANGO, Question
from graphql_schema.lookup import global_id

COUNTRY, LANGUAGE, REGION, WORDS = "FR", "en", "Region 3", "rivers music"
POSTED, TOKEN, SIGNING_IN = "A post of the benchmark.", "benchmark", 64


def tokens() -> dict[str, str]:
    """Of a teacher who founded a project with a workspace, and of an officer of the largest country."""
    return {
        "teacher": issue_token(teacher(), name=TOKEN),
        "officer": issue_token(officer(), name=TOKEN, is_proved=True),
    }


def officer() -> Person:
    return Person.objects.get(login=f"officer1.{COUNTRY.lower()}@bench.example")


@cache
def thread() -> Thread:
    """The forum's first thread in an ordinary workspace: of up to six members, with fifty posts to show."""
    rooms = Workspace.objects.filter(project__state=ProjectState.OPEN).annotate(n=Count("project__members"))
    for room in rooms.filter(n__lte=6).order_by("-n", "id")[:200]:
        found = Thread.objects.filter(workspace=room).select_related("workspace__project").order_by("id")[0]
        if found.posts.count() >= 50:
            return found
    raise LookupError("There is no workspace with fifty posts: run `make bench-data`.")


@cache
def teacher() -> Person:
    project = thread().workspace.project
    return Person.objects.get(project_members__project=project, project_members__founder_position=1)


def questions() -> list[Question]:
    """Of all kinds: searching, a page, long lists, oneself, an officer's queue, and writing."""
    room = thread().workspace
    everywhere = {"countries": [COUNTRY], "languages": [LANGUAGE.upper()], "available": True}
    criteria = {"country": COUNTRY, "language": LANGUAGE, "region": REGION, "words": "", "viewer": teacher().pk}
    by_words = {**criteria, "region": "", "words": WORDS}
    here = {"thread": global_id(thread())}
    keys = {"project": room.project_id, "thread": thread().pk, "workspace": room.pk}
    post = {"input": {"threadId": global_id(thread()), "text": POSTED}}
    return [
        Question("partner search", asked.SEARCH, {"filter": {**everywhere, "region": REGION}}, criteria),
        Question("partner search with words", asked.SEARCH, {"filter": {**everywhere, "words": WORDS}}, by_words),
        Question("project page", asked.PAGE, {"id": global_id(room.project), **here}, keys),
        Question("workspace page", asked.ROOM, {"id": global_id(room), **here}, keys),
        Question("gallery of 100", asked.GALLERY, {}),
        Question("list of 500", asked.five_pages(), _cursors()),
        Question("viewer", asked.VIEWER, {}, criteria),
        Question("approval queue", asked.QUEUE, {}, {"country": COUNTRY}, who="officer"),
        Question("posting", asked.POST, post, {**keys, "text": POSTED}, peers=DJANGO),
        Question("signing in", asked.SIGN_IN, _credentials(""), _credentials("")["input"], who="", peers=DJANGO,
                 logins=_logins()),
    ]  # fmt: skip


def _credentials(login: str) -> dict[str, dict[str, str | bool]]:
    return {"input": {"login": login, "password": PASSWORD, "wantToken": True}}


def _logins() -> tuple[str, ...]:
    staff = Person.objects.filter(kind=PersonKind.STAFF, state="VALIDATED").order_by("id")
    return tuple(staff.values_list("login", flat=True)[:SIGNING_IN])


def _cursors() -> dict[str, str]:
    """After which project each of the later pages begins, as cursors of the API."""
    newest = Project.objects.filter(state=ProjectState.OPEN).order_by("-id").values_list("id", flat=True)[:400]
    ends = (newest[n * 100 - 1] for n in range(1, 5) if n * 100 <= len(newest))
    return {
        f"c{n}": to_base64(DjangoCursorEdge.CURSOR_PREFIX, json.dumps([str(key)]))
        for n, key in enumerate(ends, start=1)
    }


def tidy() -> None:
    """The benchmark's posts and tokens go, so that the next run finds what this one found."""
    posts = Post.objects.filter(thread=thread(), text=POSTED)
    Event.objects.filter(subject_id__in=list(posts.values_list("pk", flat=True))).delete()
    posts.delete()
    AccessToken.objects.filter(name=TOKEN).delete()
    AccessToken.objects.filter(person__login__in=_logins()).delete()
