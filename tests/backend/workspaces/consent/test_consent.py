"""What parents agree to, and what happens when they no longer do."""

from backend.moderation.actions.reports import decide_report
from backend.moderation.models import Report
from backend.projects.actions.ending import close_project
from backend.workspaces.actions import files, roles
from backend.workspaces.actions.members import end_pupil
from backend.workspaces.models import File, WorkspaceMembership
from tests.factories.moderation import report
from tests.factories.people import officer
from tests.factories.scene import Scene, pdf, photo
from tests.support.refusals import refused


def both_shown(scene: Scene) -> File:
    """A public photo of two pupils, whose parents agreed."""
    for pupil in (scene.pupil, scene.helper):
        roles.note_consent(pupil, actor=scene.founder, kind="IMAGE", is_given=True)
    return files.upload_file(
        scene.room, actor=scene.founder, upload=photo(), shows=[scene.pupil, scene.helper], audience="PUBLIC"
    )


def agree(scene: Scene, file: File, *, pupil: bool, kind: str = "IMAGE") -> File:
    roles.note_consent(scene.pupil, actor=scene.other, kind=kind, is_given=pupil)
    file.refresh_from_db()
    return file


def test_a_photo_is_hidden_at_once_and_shown_again(scene: Scene) -> None:
    shown = both_shown(scene)
    assert not agree(scene, shown, pupil=False, kind="VIDEO").is_removed
    assert agree(scene, shown, pupil=False).awaits_consent
    assert shown.is_removed
    roles.note_consent(scene.helper, actor=scene.other, kind="IMAGE", is_given=False)
    assert agree(scene, shown, pupil=True).awaits_consent, "the other pupil's parents do not agree"
    roles.note_consent(scene.helper, actor=scene.other, kind="IMAGE", is_given=True)
    shown.refresh_from_db()
    assert (shown.hidden_at, shown.awaits_consent) == (None, False)


def test_a_pupil_is_not_told_whose_parents_have_not_agreed(scene: Scene) -> None:
    for who, code in ((scene.founder, "consent_not_given"), (scene.helper.person, "consent_needs_teacher")):
        with refused(code):
            files.upload_file(scene.room, actor=who, upload=photo(), shows=[scene.pupil])


def test_parents_change_their_mind_after_the_end_too(scene: Scene) -> None:
    shown = both_shown(scene)
    close_project(scene.room.project, actor=scene.founder)
    pupil = WorkspaceMembership.objects.get(pk=scene.pupil.pk)
    end_pupil(pupil)
    roles.note_consent(pupil, actor=scene.other, kind="IMAGE", is_given=False)
    shown.refresh_from_db()
    assert shown.awaits_consent
    with refused("workspace_read_only"):
        roles.note_consent(pupil, actor=scene.other, kind="IMAGE", is_given=True)


def test_a_teacher_takes_away_what_may_not_be_shown(scene: Scene) -> None:
    shown = agree(scene, both_shown(scene), pupil=False)
    with refused("removed"):
        files.change_file(shown, actor=scene.founder, caption="Better")
    assert files.remove_file(shown, actor=scene.other).removed_at
    assert agree(scene, shown, pupil=True).is_removed


def test_reports_and_consent_hide_apart(scene: Scene) -> None:
    shown = agree(scene, both_shown(scene), pupil=False)
    made: Report = report(shown, actor=scene.other)
    assert agree(scene, shown, pupil=True).is_removed, "the report is open"
    agree(scene, shown, pupil=False)
    decide_report(made, actor=officer("FR"), outcome="NO_ACTION", reason="It is fine.")
    shown.refresh_from_db()
    assert shown.is_removed, "the parents do not agree"
    assert not agree(scene, shown, pupil=True).is_removed


def test_what_others_made_names_them(scene: Scene) -> None:
    with refused("source_missing"):
        files.upload_file(scene.room, actor=scene.founder, upload=pdf(), licence="WITH_PERMISSION")
    file = files.upload_file(scene.room, actor=scene.founder, upload=pdf(), licence="WITH_PERMISSION", source="A. Sax")
    with refused("source_missing"):
        files.change_file(file, actor=scene.founder, source=" ")
