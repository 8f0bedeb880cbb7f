"""Lists of announcements, blocks, conversations and messages cost the same number of queries at one row and at ten."""

from collections.abc import Callable

import pytest

from backend.accounts.models import Person
from backend.partners.actions import block_person, post_announcement, send_message
from backend.projects.actions.conversation import send_project_message
from tests.factories.people import teacher
from tests.factories.projects import contacts, project
from tests.graphql_schema.counts.test_query_counts import PERSON, Case, same_at_one_and_ten
from tests.support.api import gid

pytestmark = pytest.mark.django_db


def announcements() -> Case:
    document = f"""{{ announcements(first: 20, filter: {{ wanted: FR }}) {{ totalCount edges {{ node {{ title text isOpen
      viewerCanEdit author {{ {PERSON} }} subjects {{ label }} languages {{ label }} countries {{ label }} }} }} }} }}"""

    def more(n: int) -> object:
        return post_announcement(actor=teacher("PL"), title=f"A{n}", text="Who?", subjects=["ART"], countries=["FR"])

    return teacher("FR"), document, {}, more


def blocks() -> Case:
    viewer = teacher("FR")
    document = f"{{ blocks(first: 20) {{ edges {{ node {{ createdAt person {{ {PERSON} }} }} }} }} }}"
    return viewer, document, {}, lambda n: block_person(teacher("PL"), actor=viewer)


def conversations() -> Case:
    viewer, other = teacher("FR"), teacher("PL")
    document = f"""{{ conversations(first: 20) {{ totalCount edges {{ node {{ lastAt isUnread viewerCanWrite
      people {{ {PERSON} }} project {{ title }} }} }} }} }}"""

    def more(n: int) -> object:
        if n % 2:
            person = teacher("PL")
            contacts(viewer, person)
            return send_message(viewer, actor=person, text="Hello")
        return send_project_message(project(founders=(viewer, other), title=f"P{n}"), actor=other, text="Hello")

    more(1)
    return viewer, document, {}, more


def messages() -> Case:
    viewer, other = teacher("FR"), teacher("PL")
    about = post_announcement(actor=viewer, title="Songs", text="Who?")
    conversation = send_message(viewer, actor=other, text="We!", announcement=about).conversation
    document = f"""query($id: ID!) {{ conversation(id: $id) {{ messages(first: 20) {{ totalCount edges {{ node {{ text createdAt
      announcement {{ title }} author {{ {PERSON} }} }} }} }} }} }}"""
    more = lambda n: send_message(other, actor=viewer, text=f"M{n}")  # noqa: E731
    return Person.objects.get(pk=other.pk), document, {"id": gid(conversation)}, more


@pytest.mark.parametrize("case", [announcements, blocks, conversations, messages], ids=lambda case: case.__name__)
def test_one_row_or_ten(case: Callable[[], Case]) -> None:
    same_at_one_and_ten(case)
