"""Everything that is known about somebody in one ZIP; no secrets, and nothing of others that they could not see."""

import io
import json
import zipfile
from typing import Any

import pytest
import time_machine

from backend.accounts.models import Person
from backend.partners.actions import block_person
from backend.privacy.actions import LINK_LIFE, export_my_data, person_of_export
from backend.privacy.classes import classes
from backend.privacy.export import export
from tests.backend.privacy.everything import MARK, Everything, mark
from tests.factories.people import officer, teacher
from tests.factories.projects import pupil, workspace
from tests.support.api import Api
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def unpacked(person: Person) -> tuple[zipfile.ZipFile, dict[str, Any]]:
    with export(person, reader=person) as out:
        archive = zipfile.ZipFile(io.BytesIO(out.read()))
    return archive, json.loads(archive.read("data.json"))


def test_each_personal_field_is_in_it_and_no_secret() -> None:
    all_of = Everything()
    person = all_of.founder
    marked, _ = mark(person)
    person.refresh_from_db()
    archive, data = unpacked(person)
    hidden = {"labels.LabelAssessment.feedback", "moderation.Report.reason"}  # written between officers
    wanted, told = set(), set()
    for label, each in classes().items():
        for name in each.personal:
            if f"{label}.{name}" in marked - hidden:
                wanted.add(f"{label}.{name}")
                told |= {f"{label}.{name}" for row in data.get(label, []) if MARK in json.dumps(row.get(name))}
    assert wanted - told == set()
    text = json.dumps(data)
    for label, each in classes().items():
        for row in data.get(label, []):
            assert set(row) & set(each.secret) == set()
    assert person.password not in text
    assert "From a friend" in text
    assert "message.sent" in {e["kind"] for e in data["eventlog.Event"]}
    assert b"<h1>" in archive.read("index.html")


def test_the_files_are_in_it() -> None:
    all_of = Everything()
    photo = all_of.photo()
    archive, data = unpacked(all_of.founder)
    stored = {row["id"]: row["content"] for row in data["workspaces.File"]}
    with photo.content.open() as content:
        assert archive.read(stored[str(photo.pk)]) == content.read()
    assert len([name for name in archive.namelist() if name.startswith("files/")]) == 2


def test_others_are_not_in_it() -> None:
    all_of = Everything()
    other = all_of.other
    mark(other)
    _, data = unpacked(all_of.founder)
    assert MARK not in json.dumps(dict(data.items())).replace(str(Person.objects.get(pk=other.pk)), "")
    blocked, blocker = teacher("FR"), teacher("PL")
    block_person(blocked, actor=blocker)
    assert "partners.Block" not in unpacked(blocked)[1]
    assert len(unpacked(blocker)[1]["partners.Block"]) == 1
    assert "moderation.Report" not in unpacked(all_of.friend)[1]


def test_the_link_lasts_ten_minutes() -> None:
    ana = teacher("FR")
    with time_machine.travel(1_800_000_000, tick=False) as traveller:
        key = export_my_data(ana, actor=ana)
        assert person_of_export(key) == (ana, ana)
        traveller.shift(LINK_LIFE + 1)
        with refused("link_invalid"):
            person_of_export(key)
    with refused("link_invalid"):
        person_of_export("forged")


def test_who_takes_whose_home() -> None:
    room = workspace()
    founder = room.project.founders[0].person
    child, ana = pupil(room, actor=founder), teacher("FR")
    assert export_my_data(child, actor=founder)
    for actor, person in ((ana, founder), (ana, child), (officer("FR"), ana), (child, child)):
        with refused("not_permitted"):
            export_my_data(person, actor=actor)


def test_by_the_api() -> None:
    ana = teacher("FR")
    api = Api(ana)
    answer = api.do("exportMyData", "... on DataExport { url expiresAt }")
    path = answer["url"].partition("/my-data/")[2]
    assert Api().client.get(f"/my-data/{path}").status_code == 404
    sent = api.client.get(f"/my-data/{path}")
    assert (sent.status_code, sent["Content-Type"]) == (200, "application/zip")
    assert sent["Cache-Control"] == "private, no-store"
    sent.close()
    assert Api().client.get("/my-data/forged").status_code == 404
