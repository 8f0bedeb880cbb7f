"""What is asked of every peer: the same answer in each one's own words."""

from dataclasses import dataclass, field
from typing import Any

EVERYBODY = ("postgraphile", "raw", "plain", "stock")
DJANGO = ("plain", "stock")  # what is written goes through our rules there too, so that all write the same


@dataclass(frozen=True)
class Question:
    """A document with its variables, and what its peers' handlers need to give the same answer."""

    name: str
    document: str
    variables: dict[str, Any]
    keys: dict[str, Any] = field(default_factory=dict)
    who: str = "teacher"  # who asks; nobody where it is empty
    peers: tuple[str, ...] = EVERYBODY
    logins: tuple[str, ...] = ()  # each in turn signs in


MEMBER = "role person { name } school { name town } country { code }"
LISTED = f"edges {{ node {{ title members {{ {MEMBER} }} }} }}"
TEACHERS = "totalCount edges { node { name role presentation school { name town } country { code } } }"
POSTS = "title posts(first: 50) { edges { node { text version author { name } } } }"

SEARCH = (
    f"query Search($filter: TeacherFilter!) {{ teachers(filter: $filter, order: NEWEST, first: 20) {{ {TEACHERS} }} }}"
)
PAGE = f"""query Page($id: ID!, $thread: ID!) {{
  project(id: $id) {{ title summary members {{ {MEMBER} }} }} thread(id: $thread) {{ {POSTS} }} }}"""
ROOM = f"""query Room($id: ID!, $thread: ID!) {{
  workspace(id: $id) {{ description members(first: 50) {{ edges {{ node {{ role person {{ name }} }} }} }} }}
  thread(id: $thread) {{ {POSTS} }} }}"""
GALLERY = "{ gallery(first: 100) { edges { node { title summary } } } }"
VIEWER = "{ viewer { person { name country { code } school { name town } } } }"
QUEUE = "{ desk { waitingPeople(first: 50) { edges { node { name role school { name town } } } } } }"
SIGN_IN = """mutation SignIn($input: LoginInput!) {
  login(input: $input) { ... on SignedIn { viewer { person { name } } } } }"""
POST = (
    "mutation Post($input: AddPostInput!) { addPost(input: $input) { ... on Post { text version author { name } } } }"
)


def five_pages() -> str:
    """A page has at most 100 entries: five of them in one document."""
    later = " ".join(f"p{n}: projects(first: 100, after: $c{n}, state: OPEN) {{ {LISTED} }}" for n in range(1, 5))
    variables = ", ".join(f"$c{n}: String" for n in range(1, 5))
    return f"query List({variables}) {{ p0: projects(first: 100, state: OPEN) {{ {LISTED} }} {later} }}"
