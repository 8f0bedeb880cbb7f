"""What an assessor reads of a workspace: exactly what was shown, until the decision."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from backend.accounts.models import Person
from backend.core import clock
from backend.core.models import change
from backend.eventlog.models import Event
from backend.labels.actions.assessing import declare_conflict, open_label_evidence
from backend.labels.actions.deciding import refuse_label
from backend.labels.evidence import exhibits
from backend.workspaces.actions.discussions import add_post, open_discussion, remove_post, start_thread
from backend.workspaces.actions.files import remove_file, upload_file
from backend.workspaces.actions.updates import post_update
from backend.workspaces.models import Activity, File, FileKind, Page, Workspace
from backend.workspaces.uploads.links import file_address
from tests.factories.labels import application, founder
from tests.factories.people import officer
from tests.factories.projects import workspace
from tests.support.api import body_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    return


def upload(room: Workspace, actor: Person, name: str = "diary.txt") -> File:
    return upload_file(room, actor=actor, upload=SimpleUploadedFile(name, b"Day 1: rain."), caption="Our diary")


def test_each_kind_as_plain_text() -> None:
    room = workspace()
    actor = founder(room.project)
    forum = open_discussion(room, actor=actor, title="Rivers", description="What we saw")
    thread = start_thread(forum, actor=actor, title="Hello", text="Who measures?")
    post = add_post(thread, actor=actor, text="We do.")
    gone = remove_post(add_post(thread, actor=actor, text="Oops."), actor=actor)
    inside: dict[str, Any] = {"workspace": room, "author": actor}
    page = Page.objects.create(**inside, title="Results", text="Twelve tables.")
    step = Activity.objects.create(**inside, title="Walk", text="To the source.")
    link = File.objects.create(**inside, name="Film", kind=FileKind.LINK, link="https://example.org/film")
    stored, news = upload(room, actor), post_update(room, actor=actor, text="We began.")
    shown = [forum, thread, post, page, step, link, stored, news]
    sent = application(room.project, evidence=shown)
    assert [(each.kind.name, each.title, each.text, each.link, each.file_id) for each in exhibits(sent)] == [
        ("DISCUSSION", "Rivers", "What we saw", "", None),
        ("THREAD", "Hello", "Who measures?\n\nWe do.", "", None),
        ("POST", "", "We do.", "", None),
        ("PAGE", "Results", "Twelve tables.", "", None),
        ("ACTIVITY", "Walk", "To the source.", "", None),
        ("FILE", "Film", "", "https://example.org/film", None),
        ("FILE", "diary.txt", "Our diary", "", stored.pk),
        ("UPDATE", "", "We began.", "", None),
    ]
    assert gone.is_removed
    change(post, hidden_at=clock.now())
    remove_file(stored, actor=actor)
    assert [each.title + each.text for each in exhibits(sent) if each.is_removed] == ["", ""]
    assert exhibits(sent)[1].text == "Who measures?"


def test_each_opening_is_logged() -> None:
    sent, actor = application(), officer("FR")
    open_label_evidence(sent, actor=actor)
    open_label_evidence(sent, actor=actor)
    events = Event.objects.filter(kind="label.evidence_opened")
    assert [(event.actor, event.subject_id) for event in events] == [(actor, sent.pk)] * 2


def test_the_bytes_of_a_file_until_the_decision() -> None:
    room = workspace()
    actor, assessor, other = founder(room.project), officer("FR"), officer("FR")
    shown, unshown = upload(room, actor), upload(room, actor, "secret.txt")
    sent = application(room.project, evidence=[shown])

    def status(person: Person, file: File) -> int:
        client = Client()
        client.force_login(person)
        response = client.get(file_address(file.pk, person))
        if response.streaming:
            assert body_of(response) == b"Day 1: rain."  # read to its end: closes the file
        return response.status_code

    assert status(assessor, shown) == 404
    open_label_evidence(sent, actor=assessor)
    open_label_evidence(sent, actor=other)
    assert [status(assessor, shown), status(other, shown), status(assessor, unshown)] == [200, 200, 404]
    assert status(officer("FR"), shown) == 404
    declare_conflict(sent, actor=other)
    assert [status(assessor, shown), status(other, shown)] == [200, 404]
    refuse_label(sent, actor=assessor, feedback="More, please.")
    assert [status(assessor, shown), status(actor, shown)] == [404, 200]
