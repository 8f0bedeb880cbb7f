"""Workspaces: pupils, members, forums and posts, and what their streams still tell."""

from collections.abc import Iterator
from typing import Any

from backend.accounts.models import Person, PersonKind, PersonState
from backend.eventlog.models import Entry, Event, EventCountry, Stream
from backend.workspaces.models import Discussion, Post, Thread, Workspace, WorkspaceMembership, WorkspaceRole
from bench.data.people import WORDS, Rows
from bench.data.scale import RECENT, THREADS, Scale

GIVEN = [
    "Ada",
    "Ben",
    "Cleo",
    "Dan",
    "Eva",
    "Finn",
    "Gita",
    "Hugo",
    "Ida",
    "Jan",
    "Kim",
    "Lea",
    "Max",
    "Nora",
    "Ole",
    "Pia",
    "Rui",
    "Sara",
    "Tom",
    "Uma",
    "Vera",
    "Wim",
    "Yara",
    "Zoe",
]


def tables(scale: Scale) -> Iterator[tuple[Any, Rows, int]]:
    yield Workspace, rooms(scale), scale.rooms
    yield Person, pupils(scale), scale.pupils
    yield WorkspaceMembership, memberships(scale), scale.pupils + scale.rooms * 3
    yield Discussion, discussions(scale), scale.rooms
    yield Thread, threads(scale), scale.rooms * THREADS
    yield Post, posts(scale), scale.posts
    yield Stream, streams(scale), scale.rooms
    yield Event, events(scale), scale.rooms * RECENT
    yield Entry, entries(scale), scale.rooms * RECENT
    yield EventCountry, concerned(scale), scale.projects * 2


def staff_of(scale: Scale, room: int) -> list[int]:
    project = scale.first_room + room
    return [*scale.founders[project], *scale.partners.get(project, ())]


def rooms(scale: Scale) -> Rows:
    for n in range(scale.rooms):
        yield {
            "id": scale.key("room", n), "created_at": scale.moment("room", n),
            "project_id": scale.key("project", scale.first_room + n), "description": "What we do together.",
            "is_public": n % 10 == 0,
        }  # fmt: skip


def pupils(scale: Scale) -> Rows:
    number = 0
    for room, many in enumerate(scale.pupils_of_room):
        code = scale.country_of_person(scale.founders[scale.first_room + room][0])
        for _ in range(many):
            at = scale.moment("pupil", number)
            yield {
                "id": scale.key("pupil", number), "created_at": at, "login": f"u{number}", "email": "",
                "kind": PersonKind.PUPIL.value, "password": "!", "state": PersonState.VALIDATED.value, "state_since": at,
                "given_name": GIVEN[number % len(GIVEN)], "country_id": code, "time_zone": "UTC",
            }  # fmt: skip
            number += 1


def memberships(scale: Scale) -> Rows:
    number = pupil = 0
    for room in range(scale.rooms):
        at, key = scale.moment("room", room), scale.key("room", room)
        staff = [(scale.key("person", person), WorkspaceRole.ADMINISTRATOR.value) for person in staff_of(scale, room)]
        many = scale.pupils_of_room[room]
        class_ = ((scale.key("pupil", pupil + place), WorkspaceRole.PUPIL.value) for place in range(many))
        for person, role in (*staff, *class_):
            yield {
                "id": scale.key("membership", number), "created_at": at, "workspace_id": key, "person_id": person, "role": role,
            }  # fmt: skip
            number += 1
        pupil += many


def discussions(scale: Scale) -> Rows:
    for room in range(scale.rooms):
        yield {
            "id": scale.key("discussion", room), "created_at": scale.moment("room", room),
            "workspace_id": scale.key("room", room), "title": "Our forum",
            "author_id": scale.key("person", staff_of(scale, room)[0]),
        }  # fmt: skip


def threads(scale: Scale) -> Rows:
    for n in range(scale.rooms * THREADS):
        room = n // THREADS
        yield {
            "id": scale.key("thread", n), "created_at": scale.moment("room", room), "workspace_id": scale.key("room", room),
            "discussion_id": scale.key("discussion", room), "title": f"About {WORDS[n % len(WORDS)]}",
            "author_id": scale.key("person", staff_of(scale, room)[0]),
        }  # fmt: skip


def authors(scale: Scale, room: int, first_pupil: int) -> list[str]:
    """At most 40 people of a workspace write."""
    class_ = range(first_pupil, first_pupil + min(40, scale.pupils_of_room[room]))
    return [scale.key("person", n) for n in staff_of(scale, room)] + [scale.key("pupil", n) for n in class_]


def posts(scale: Scale) -> Rows:
    draw, number, pupil = scale.chance.random, 0, 0
    for room, many in enumerate(scale.posts_of_room):
        key, writers = scale.key("room", room), authors(scale, room, pupil)
        threads_ = [scale.key("thread", room * THREADS + place) for place in range(THREADS)]
        for _ in range(many):
            words = (WORDS[int(draw() * len(WORDS))], WORDS[int(draw() * len(WORDS))])
            yield {
                "id": scale.key("post", number), "created_at": scale.moment("post", number), "workspace_id": key,
                "thread_id": threads_[int(draw() ** 2 * THREADS)], "author_id": writers[int(draw() * len(writers))],
                "text": f"In our class we talked about {words[0]} today, and we wonder what you know about {words[1]}.",
            }  # fmt: skip
            number += 1
        pupil += scale.pupils_of_room[room]


def recent(scale: Scale) -> Iterator[tuple[int, int, int]]:
    """Of each workspace its newest posts: place in the stream, room, number of the post."""
    before = 0
    for room, many in enumerate(scale.posts_of_room):
        for place in range(max(0, many - RECENT), many):
            yield place + 1, room, before + place
        before += many


def streams(scale: Scale) -> Rows:
    for room, many in enumerate(scale.posts_of_room):
        yield {"id": scale.key("room", room), "head": many, "floor": max(0, many - RECENT)}


def events(scale: Scale) -> Rows:
    for _, room, post in recent(scale):
        yield {
            "id": scale.key("event", post), "at": scale.moment("post", post), "kind": "post.added",
            "actor_id": scale.key("person", staff_of(scale, room)[0]), "subject_type": "workspaces.Post",
            "subject_id": scale.key("post", post),
        }  # fmt: skip
    for n in range(scale.projects):
        yield {
            "id": approved(scale, n), "at": scale.moment("project", n), "kind": "project.approved",
            "actor_id": None, "subject_type": "projects.Project", "subject_id": scale.key("project", n),
        }  # fmt: skip


def approved(scale: Scale, project: int) -> str:
    return scale.key("project", project)[:-12] + f"e{project:011x}"


def entries(scale: Scale) -> Rows:
    for place, room, post in recent(scale):
        yield {"stream_id": scale.key("room", room), "seq": place, "event_id": scale.key("event", post)}


def concerned(scale: Scale) -> Rows:
    for n, founders in enumerate(scale.founders):
        for country in dict.fromkeys(scale.country_of_person(person) for person in founders):
            yield {"event_id": approved(scale, n), "country_id": country}
