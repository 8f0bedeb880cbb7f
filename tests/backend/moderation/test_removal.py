"""Everything can be reported, is kept as it was, and can be taken away."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from backend.accounts.models import Person
from backend.core import clock
from backend.eventlog.models import Event
from backend.moderation import subjects
from backend.moderation.actions.reports import decide_report
from backend.moderation.actions.sanctions import appeal_decision, decide_appeal
from backend.moderation.models import Report, Sanction, SubjectKind
from backend.notifications.models import Notification
from backend.partners.actions import post_announcement, send_message
from backend.projects.actions.conversation import send_project_message
from backend.projects.actions.drafting import edit_project
from backend.projects.models import Project
from backend.workspaces.actions.chat import open_chat_room, send_chat_message
from backend.workspaces.actions.discussions import add_post, open_discussion, rename_thread, start_thread
from backend.workspaces.actions.files import add_link
from backend.workspaces.actions.folders import add_folder
from backend.workspaces.actions.home import edit_home, open_home
from backend.workspaces.actions.pages import write_page
from backend.workspaces.actions.plan import plan_activity, plan_meeting
from backend.workspaces.actions.updates import post_update
from backend.workspaces.models import PublicHome, Workspace
from tests.backend.moderation.test_reports import code_of
from tests.factories.library import published
from tests.factories.moderation import report
from tests.factories.people import central, officer, teacher
from tests.factories.projects import workspace

pytestmark = pytest.mark.django_db


def a_thread(room: Workspace, author: Person) -> Any:
    return start_thread(open_discussion(room, actor=author, title="Forum"), actor=author, title="Rude", text="Hello")


def a_meeting(room: Workspace, author: Person) -> Any:
    start = clock.now() + timedelta(days=1)
    return plan_meeting(
        room, actor=author, title="Rude", starts_at=start, ends_at=start + timedelta(hours=1), link="https://a.example"
    )


def an_announcement(room: Workspace, author: Person) -> Any:
    Person.objects.filter(pk=author.pk).update(is_available=True)
    return post_announcement(actor=author, title="Rude", text="Very")


def a_profile(room: Workspace, author: Person) -> Any:
    Person.objects.filter(pk=author.pk).update(presentation="Rude", interests="Rivers")
    return Person.objects.get(pk=author.pk)


def a_home(room: Workspace, author: Person) -> Any:
    room = edit_home(room, actor=author, expected_version=room.version, description="Rude")
    return PublicHome.objects.get(pk=open_home(room, actor=author, is_public=True).pk)


# How each kind of thing comes about that a person wrote, and what it says.
WRITTEN: dict[str, tuple[Callable[[Workspace, Person], Any], str]] = {
    "POST": (lambda room, by: add_post(a_thread(room, by), actor=by, text="Rude"), "Rude"),
    "UPDATE": (lambda room, by: post_update(room, actor=by, text="Rude"), "Rude"),
    "PAGE": (lambda room, by: write_page(room, actor=by, title="Rude", text="Very"), "Rude\n\nVery"),
    "FILE": (lambda room, by: add_link(room, actor=by, link="https://a.example", name="Rude"), "Rude\n\nhttps://a.example"),
    "CHAT_MESSAGE": (lambda room, by: send_chat_message(open_chat_room(room, actor=by, title="Chat"), actor=by, text="Rude"), "Rude"),
    "MESSAGE": (lambda room, by: send_message(room.project.founders[0].person, actor=by, text="Rude"), "Rude"),
    "ANNOUNCEMENT": (an_announcement, "Rude\n\nVery"),
    "DISCUSSION": (lambda room, by: open_discussion(room, actor=by, title="Rude", description="Very"), "Rude\n\nVery"),
    "THREAD": (a_thread, "Rude"),
    "FOLDER": (lambda room, by: add_folder(room, actor=by, name="Rude"), "Rude"),
    "ACTIVITY": (lambda room, by: plan_activity(room, actor=by, title="Rude", text="Very", who="All"), "Rude\n\nVery\n\nAll"),
    "MEETING": (a_meeting, "Rude\n\nhttps://a.example"),
    "CHAT_ROOM": (lambda room, by: open_chat_room(room, actor=by, title="Rude"), "Rude"),
}  # fmt: skip
ELSEWHERE = {"PERSON", "PROJECT", "SCHOOL", "HOME", "LIBRARY_ENTRY"}


def test_every_kind_is_tried() -> None:
    assert set(WRITTEN) | ELSEWHERE == set(SubjectKind.values) == set(subjects.SUBJECTS) == set(subjects.TEXTS)


def scene() -> tuple[Workspace, Person, Person]:
    room = workspace()
    one, other = (member.person for member in room.project.founders)
    return room, one, other


@pytest.mark.parametrize("kind", WRITTEN)
def test_what_somebody_wrote_is_reported_kept_and_removed(kind: str) -> None:
    room, reader, author = scene()
    make, text = WRITTEN[kind]
    thing = make(room, author)
    made = Report.objects.get(pk=report(thing, actor=reader).pk)
    assert (made.subject_kind, made.author, made.country_id) == (kind, author, "PL")
    assert made.workspace_id == (room.pk if hasattr(thing, "audience") else None)
    assert subjects.as_text(made.said) == subjects.text_of(thing) == text
    made = decide_report(made, actor=officer("PL"), outcome="CONTENT_REMOVED", reason="Rude")
    thing.refresh_from_db()
    assert thing.is_removed
    assert made.sanction.has_removed
    appeal = appeal_decision(made.sanction, actor=author, text="It is a name")
    decide_appeal(appeal, actor=central(), upheld=False, reason="So it is")
    thing.refresh_from_db()
    assert not thing.is_removed


def test_it_is_kept_as_it_was_though_its_author_changes_it() -> None:
    room, reader, author = scene()
    thread = a_thread(room, author)
    made = report(thread, actor=reader)
    rename_thread(thread, actor=author, title="Nice", expected_version=1)
    made = Report.objects.get(pk=made.pk)
    assert (subjects.as_text(made.said), subjects.text_of(subjects.subject_of(made))) == ("Rude", "Nice")


def test_nothing_is_added_under_what_was_removed() -> None:
    room, reader, author = scene()
    thread = a_thread(room, author)
    for thing in (thread, thread.discussion):
        decide_report(report(thing, actor=reader), actor=officer("PL"), outcome="CONTENT_REMOVED", reason="Rude")
    before = Event.objects.count()
    for rule in (
        lambda: add_post(type(thread).objects.get(), actor=author, text="More"),
        lambda: start_thread(type(thread.discussion).objects.get(), actor=author, title="More", text="More"),
    ):
        with pytest.raises(ValidationError) as refused:
            rule()
        assert code_of(refused) == "removed"
    assert Event.objects.count() == before


def test_a_profiles_texts_go_and_come_back_after_an_appeal() -> None:
    room, reader, author = scene()
    person = a_profile(room, author)
    made = report(person, actor=reader)
    made = decide_report(made, actor=officer("PL"), outcome="CONTENT_REMOVED", reason="Rude")
    person.refresh_from_db()
    assert (person.presentation, person.interests, person.version) == ("", "", 2)
    assert "rude" not in person.search_text
    Person.objects.filter(pk=person.pk).update(interests="Lakes")
    decide_appeal(
        appeal_decision(made.sanction, actor=author, text="No"), actor=central(), upheld=False, reason="Right"
    )
    person.refresh_from_db()
    assert (person.presentation, person.interests) == ("Rude", "Lakes"), "what was written since stays"
    assert "rude" in person.search_text


def test_a_home_is_emptied_and_closed_to_the_world() -> None:
    room, reader, author = scene()
    made = report(a_home(room, author), actor=reader)
    assert (made.author, made.country_id, made.said) == (None, "FR", [["description", "Rude"]])
    assert made.workspace is None, "whose text it is does not read who reported it"
    decide_report(made, actor=officer("FR"), outcome="CONTENT_REMOVED", reason="Rude")
    assert not PublicHome.objects.visible_to(None).exists()
    assert not Sanction.objects.exists(), "it is nobody's own"
    assert Event.objects.filter(kind="workspace.home_closed").count() == 1
    room.refresh_from_db()
    assert room.description == ""
    kept = room.versions.order_by("number").values_list("text", flat=True)
    assert [text["description"] for text in kept][-2:] == ["Rude", ""]


def test_an_entry_goes_into_the_archive_by_whose_it_is() -> None:
    reader = scene()[1]
    theirs = published(title="Rude", summary="Very")
    made = report(theirs, actor=reader)
    assert (made.country_id, made.said) == ("FR", [["en.title", "Rude"], ["en.summary", "Very"], ["en.text", "Ask."]])
    decide_report(made, actor=officer("FR"), outcome="CONTENT_REMOVED", reason="Rude")
    theirs.refresh_from_db()
    assert theirs.state == "ARCHIVED"
    ours = published(actor=central(), title="Ours")
    made = report(ours, actor=reader)
    with pytest.raises(PermissionDenied):
        decide_report(made, actor=officer("FR"), outcome="CONTENT_REMOVED", reason="Rude")
    decide_report(made, actor=central(), outcome="CONTENT_REMOVED", reason="Rude")
    ours.refresh_from_db()
    assert ours.state == "ARCHIVED"


def test_a_projects_text_goes_as_a_new_version() -> None:
    room, reader, other = scene()
    Person.objects.filter(pk=reader.pk).update(language="fr")
    rude = edit_project(room.project, actor=reader, expected_version=1, title="Rude", tools="Very")
    made = report(rude, actor=teacher("DE"))
    assert made.said[0] == ["title", "Rude"]
    decide_report(made, actor=officer("FR"), outcome="CONTENT_REMOVED", reason="Rude")
    project = Project.objects.get()
    assert (project.title, project.summary, project.aims, project.tools) == ("Projet sans titre", "", "", "")
    assert (project.version, project.ages_from) == (3, 11)
    assert [version.text["title"] for version in project.versions.order_by("number")] == [
        "Rivers", "Rude", "Projet sans titre",
    ]  # fmt: skip
    told = Notification.objects.filter(event__kind="project.emptied").values_list("recipient", flat=True)
    assert set(told) == {reader.pk, other.pk}
    assert not Sanction.objects.exists(), "it is nobody's own"
    again = edit_project(project, actor=other, expected_version=3, title="Rivers", summary="Two rivers.")
    assert (again.title, again.version) == ("Rivers", 4)


def test_what_schools_say_is_corrected_instead() -> None:
    reader = scene()[1]
    assert reader.school
    made = report(reader.school, actor=reader)
    for outcome, code in (("CONTENT_REMOVED", "nothing_to_remove"), ("WARNING", "nobody_to_sanction")):
        with pytest.raises(ValidationError) as refused:
            decide_report(made, actor=officer("FR"), outcome=outcome, reason="Rude")
        assert code_of(refused) == code


def test_a_message_among_the_members_of_a_project_too() -> None:
    room, reader, author = scene()
    message = send_project_message(room.project, actor=author, text="Rude")
    decide_report(report(message, actor=reader), actor=officer("PL"), outcome="CONTENT_REMOVED", reason="Rude")
    message.refresh_from_db()
    assert message.is_removed
