"""Folders, links, videos, and what parents agreed to."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from backend.schools.models import Country
from backend.workspaces.actions import files, folders, roles
from backend.workspaces.models import File, FileKind
from backend.workspaces.uploads.quota import MEGABYTE
from tests.factories.projects import workspace
from tests.factories.scene import Scene, pdf, photo
from tests.support.refusals import refused

MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + b"\0" * 2000


def test_folders_stand_in_folders_five_deep(scene: Scene) -> None:
    deep = scene.folder
    for depth in range(2, 6):
        deep = folders.add_folder(scene.room, actor=scene.other, name=f"Level {depth}", parent=deep)
    with refused("folders_too_deep"):
        folders.add_folder(scene.room, actor=scene.other, name="Level 6", parent=deep)
    with refused("folder_not_empty"):
        folders.remove_folder(scene.folder, actor=scene.other)
    deep = folders.remove_folder(deep, actor=scene.other)
    assert deep.is_removed
    with refused("not_found"):
        folders.add_folder(scene.room, actor=scene.other, name="In what is gone", parent=deep)


def test_pupils_add_to_folders_that_are_open_to_them(scene: Scene) -> None:
    with refused("not_permitted"):
        folders.edit_folder(scene.folder, actor=scene.helper.person, is_open_to_pupils=False)
    folder = folders.edit_folder(scene.folder, actor=scene.other, name="Old maps", is_open_to_pupils=False)
    assert folder.name == "Old maps"
    with refused("folder_not_open"):
        files.upload_file(scene.room, actor=scene.helper.person, upload=pdf(), folder=folder)
    assert files.upload_file(scene.room, actor=scene.other, upload=pdf(), folder=folder).folder == folder
    mine = folders.add_folder(scene.room, actor=scene.helper.person, name="Ours")
    assert folders.edit_folder(mine, actor=scene.helper.person, name="All of ours").name == "All of ours"
    with refused("not_permitted"):
        folders.edit_folder(mine, actor=scene.helper.person, is_open_to_pupils=False)


def test_what_is_said_about_a_file(scene: Scene) -> None:
    file = files.upload_file(
        scene.room, actor=scene.pupil.person, upload=pdf(), folder=scene.folder, language="fr", licence="CC_BY",
        source="  The class  of Lyon ", caption="Map",
    )  # fmt: skip
    assert (file.folder, file.language_id, file.licence, file.source) == (
        scene.folder, "fr", "CC_BY", "The class of Lyon",
    )  # fmt: skip
    with refused("code_unknown"):
        files.change_file(file, actor=scene.other, licence="MINE")
    with refused("code_unknown"):
        files.change_file(file, actor=scene.other, language="xx")
    elsewhere = workspace()
    alien = folders.add_folder(elsewhere, actor=elsewhere.project.founders[0].person, name="Alien")
    with refused("not_found"):
        files.change_file(file, actor=scene.other, folder=alien)
    with refused("not_permitted"):
        files.change_file(scene.file, actor=scene.pupil.person, caption="Mine")
    with refused("page_published"):
        files.change_file(file, actor=scene.other, audience="STAFF")
    with refused("not_permitted"):
        files.upload_file(scene.room, actor=scene.pupil.person, upload=pdf(), audience="PUBLIC")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.org", "example.org", "https://", ""])
def test_links_lead_into_the_web(scene: Scene, link: str) -> None:
    with refused("link_not_web"):
        files.add_link(scene.room, actor=scene.founder, link=link, name="Map")


def test_a_link_is_a_material(scene: Scene) -> None:
    link = files.add_link(scene.room, actor=scene.founder, link=" https://example.org/map ", name="Map")
    assert (link.kind, link.link, link.size) == (FileKind.LINK, "https://example.org/map", 0)
    assert files.remove_file(link, actor=scene.other).is_removed


def test_videos_are_kept_as_they_came(scene: Scene) -> None:
    video = files.upload_file(scene.room, actor=scene.pupil.person, upload=SimpleUploadedFile("us.mov", MP4))
    assert (video.kind, video.media_type, video.size) == (FileKind.VIDEO, "video/mp4", len(MP4))
    with video.content.open() as kept:
        assert kept.read() == MP4


def test_videos_have_their_own_limit(scene: Scene) -> None:
    film = MP4 + b"\0" * (MEGABYTE + 1 - len(MP4))
    Country.objects.update(file_megabytes=1, video_megabytes=1)
    with refused("file_too_large"):
        files.upload_file(scene.room, actor=scene.founder, upload=SimpleUploadedFile("us.mp4", film))
    Country.objects.update(video_megabytes=2)
    files.upload_file(scene.room, actor=scene.founder, upload=SimpleUploadedFile("us.mp4", film))


def test_a_pupil_is_shown_when_the_parents_agreed(scene: Scene) -> None:
    before = File.objects.count()
    with refused("consent_not_given"):
        files.upload_file(scene.room, actor=scene.founder, upload=photo(), shows=[scene.pupil])
    roles.note_consent(scene.pupil, actor=scene.founder, kind="VIDEO", is_given=True)
    with refused("consent_not_given"):
        files.upload_file(scene.room, actor=scene.founder, upload=photo(), shows=[scene.pupil])
    assert File.objects.count() == before
    roles.note_consent(scene.pupil, actor=scene.founder, kind="IMAGE", is_given=True)
    shown = files.upload_file(scene.room, actor=scene.founder, upload=photo(), shows=[scene.pupil])
    assert list(shown.shows.all()) == [scene.pupil]
    roles.note_consent(scene.pupil, actor=scene.other, kind="IMAGE", is_given=False)
    other = files.upload_file(scene.room, actor=scene.founder, upload=photo())
    with refused("consent_not_given"):
        files.change_file(other, actor=scene.founder, shows=[scene.pupil])
    with refused("not_a_pupil"):
        mine = scene.room.memberships.get(person=scene.founder)
        files.change_file(other, actor=scene.founder, shows=[mine])
