"""The library by API."""

from typing import Any

import pytest

from backend.library.actions import translate_library_entry
from tests.factories.library import entry, kit, published
from tests.factories.people import officer, teacher
from tests.factories.projects import contacts
from tests.graphql_schema.counts.test_query_counts import Case, same_at_one_and_ten
from tests.support.api import Api, gid

pytestmark = pytest.mark.django_db
LIST = """query($f: LibraryFilter) { library(first: 20, filter: $f) { totalCount edges { node { kind slug country { label }
  subjects { label } competences { label } viewerCanEdit texts { language { code } title }
  text { title language { code } } } } } }"""


def test_a_visitor_reads_in_the_own_language() -> None:
    found, _ = published(title="Hello", kind="ARTICLE"), entry(title="Draft")
    translate_library_entry(found, actor=officer("FR"), language="fr", title="Bonjour")
    for language, title in (("fr", "Bonjour"), ("en", "Hello"), ("", "Hello")):
        headers = {"Accept-Language": language} if language else {}
        answer: Any = Api(**headers).ask(LIST)
        assert [edge["node"]["text"]["title"] for edge in answer["library"]["edges"]] == [title]
    one: Any = Api().ask('{ libraryEntry(by: {slug: "hello"}) { text(language: FR) { title } viewerCanEdit } }')
    assert one["libraryEntry"] == {"text": {"title": "Bonjour"}, "viewerCanEdit": False}
    by_id = Api().ask("query($id: ID!) { libraryEntry(by: {id: $id}) { slug } }", id=gid(found))
    assert by_id == {"libraryEntry": {"slug": "hello"}}
    assert Api().ask('{ libraryEntry(by: {slug: "draft"}) { slug } }') == {"libraryEntry": None}
    drafts: Any = Api(officer("FR")).ask(LIST, f={"state": "DRAFT"})
    assert drafts["library"]["totalCount"] == 1
    assert Api().ask(LIST, f={"state": "DRAFT"})["library"]["totalCount"] == 0  # type: ignore[index]


def test_from_a_draft_to_a_project() -> None:
    desk, one, other = Api(officer("FR")), teacher("FR", language="en"), teacher("PL")
    contacts(one, other)
    words = {"title": "Weather", "aims": "Compare."}
    made = desk.do("draftLibraryEntry", "... on LibraryEntry { id slug }", kind="KIT", language="EN", words=words)
    both = "... on TextConflict { stored typed } ... on LibraryEntry { text { version } }"
    change = {"entryId": made["id"], "language": "EN", "expectedVersion": 1}
    assert desk.do("editLibraryEntry", both, **change, words={"aims": "Measure."})["text"] == {"version": 2}
    conflict = desk.do("editLibraryEntry", both, **change, words={"aims": "Draw."})
    assert (conflict["stored"]["aims"], conflict["typed"]["aims"]) == ("Measure.", "Draw.")
    desk.do("publishLibraryEntry", "", entryId=made["id"])
    fields = "... on Project { title aims kit { slug } }"
    project = Api(one).do("draftProjectFromKit", fields, kitId=made["id"], partnerId=gid(other))
    assert (project["title"], project["aims"], project["kit"]) == ("Weather", "Measure.", {"slug": "weather"})


def entries() -> Case:
    return officer("FR"), LIST, {}, lambda n: kit(competences=["STEM"])


def test_one_row_or_ten() -> None:
    same_at_one_and_ten(entries)
