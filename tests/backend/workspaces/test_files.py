"""A document or photo goes in, is read back, and tells nothing it should not."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from backend.accounts.models import Person
from backend.eventlog.models import Event
from backend.schools.models import Country
from backend.workspaces.actions.files import remove_file, upload_file
from backend.workspaces.models import File, FileKind, Workspace
from backend.workspaces.uploads.quota import MEGABYTE
from tests.factories.people import teacher
from tests.factories.projects import pupil, workspace
from tests.support.api import Api, gid
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    return


@pytest.fixture
def room() -> Workspace:
    return workspace()


@pytest.fixture
def founder(room: Workspace) -> Person:
    return room.project.founders[0].person


def photo(**save: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(out, "JPEG", **save)
    return out.getvalue()


def test_a_document_is_kept_as_it_is(room: Workspace, founder: Person) -> None:
    file = upload_file(room, actor=founder, upload=SimpleUploadedFile("plan.pdf", PDF), caption=" The plan ")
    assert (file.kind, file.media_type, file.caption) == (FileKind.DOCUMENT, "application/pdf", "The plan")
    with file.content.open() as stored:
        assert stored.read() == PDF
    assert "plan" not in file.content.name


def test_a_photo_loses_its_metadata(room: Workspace, founder: Person) -> None:
    exif = Image.Exif()
    exif[0x010E] = "Lina at home, 48.85 N 2.35 E"
    exif[0x0112] = 6  # to be turned by 90 degrees
    taken = photo(exif=exif, comment=b"secret")
    file = upload_file(room, actor=founder, upload=SimpleUploadedFile("lina.png", taken))
    with file.content.open() as stored:
        kept = stored.read()
    assert b"Lina" in taken
    assert b"Lina" not in kept
    assert b"secret" not in kept
    image = Image.open(io.BytesIO(kept))
    assert (image.size, file.media_type, dict(image.getexif())) == ((20, 40), "image/jpeg", {})


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.pdf", b"", "file_empty"),
        ("page.html", b"<html><script>alert(1)</script></html>", "file_kind_refused"),
        ("photo.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file_kind_refused"),
        ("program.pdf", b"MZ\x90\x00" + b"\0" * 60, "file_kind_refused"),
        ("notes.txt", b"a\0b", "file_kind_refused"),
        ("half.jpg", photo()[:200], "image_unreadable"),
    ],
)
def test_what_is_refused(room: Workspace, founder: Person, name: str, content: bytes, code: str) -> None:
    before = Event.objects.count()
    with pytest.raises(ValidationError) as refused:
        upload_file(room, actor=founder, upload=SimpleUploadedFile(name, content))
    assert refused.value.error_dict["file"][0].code == code
    assert (File.objects.count(), Event.objects.count()) == (0, before)


def pdf(megabytes: float) -> SimpleUploadedFile:
    return SimpleUploadedFile("plan.pdf", PDF + b"\n" * (int(megabytes * MEGABYTE) - len(PDF)))


def test_limits_are_those_of_the_more_generous_country(room: Workspace, founder: Person) -> None:
    countries = Country.objects.filter(pk__in=room.project.founder_countries)
    countries.update(file_megabytes=1)
    with refused("file_too_large"):
        upload_file(room, actor=founder, upload=pdf(1.1))
    countries.filter(pk="PL").update(file_megabytes=2)
    upload_file(room, actor=founder, upload=pdf(1.1))
    countries.update(workspace_megabytes=2)
    with refused("workspace_full"):
        upload_file(room, actor=founder, upload=pdf(0.95))
    remove_file(File.objects.get(), actor=founder)
    upload_file(room, actor=founder, upload=pdf(0.95))


def test_who_uploads_and_removes(room: Workspace, founder: Person, django_capture_on_commit_callbacks: Any) -> None:
    child = pupil(room, actor=founder)
    file = upload_file(room, actor=child, upload=SimpleUploadedFile("notes.txt", "Où ?".encode()))
    assert file.media_type == "text/plain"
    for outsider in (teacher("FR"), pupil(room, actor=founder, given_name="Jan")):
        with pytest.raises(PermissionDenied):
            remove_file(file, actor=outsider)
    with pytest.raises(PermissionDenied):
        upload_file(room, actor=teacher("FR"), upload=SimpleUploadedFile("plan.pdf", PDF))
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(file, actor=founder)
    assert not file.content.storage.exists(file.content.name)


@pytest.mark.parametrize(("server", "file", "video"), [(500, 25, 200), (150, 25, 150), (1, 1, 1)])
def test_a_front_end_learns_what_may_be_uploaded(
    room: Workspace, founder: Person, settings: Any, server: int, file: int, video: int
) -> None:
    settings.UPLOAD_MEGABYTES = server
    Country.objects.filter(pk="PL").update(video_megabytes=200)
    upload_file(room, actor=founder, upload=pdf(0.5))
    asked = """query($id: ID!) { workspace(id: $id) { megabytesTaken
               uploadLimits { fileMegabytes videoMegabytes workspaceMegabytes } } }"""
    assert Api(founder).ask(asked, id=gid(room))["workspace"] == {
        "megabytesTaken": 0.5,
        "uploadLimits": {"fileMegabytes": file, "videoMegabytes": video, "workspaceMegabytes": 1024},
    }
    agencies = Api().ask("{ agencies { country { code } uploadLimits { fileMegabytes videoMegabytes } } }")["agencies"]
    at_poland = {"country": {"code": "PL"}, "uploadLimits": {"fileMegabytes": file, "videoMegabytes": video}}
    assert [each for each in agencies if each["country"] and each["country"]["code"] == "PL"] == [at_poland]


def test_what_the_server_does_not_take_is_refused_in_a_sentence(
    room: Workspace, founder: Person, settings: Any
) -> None:
    settings.UPLOAD_MEGABYTES = 1
    with refused("file_too_large"):
        upload_file(room, actor=founder, upload=pdf(1.05))
