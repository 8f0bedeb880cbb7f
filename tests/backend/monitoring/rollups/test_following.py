"""Figures follow the rules' facts: exact cells after each, and always the same as counting afresh."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from backend.accounts.models import Person
from backend.agencies.actions import validate_teacher
from backend.agencies.actions.people import restore_teacher, revoke_teacher
from backend.agencies.actions.schools import close_school, merge_schools, validate_school
from backend.core import clock
from backend.moderation.actions.reports import decide_report
from backend.monitoring.models import Counted, Pulse, StatChange, Work
from backend.monitoring.rollups.folding import fold_statistics
from backend.monitoring.rollups.ledger import recount
from backend.monitoring.rollups.proof import differences
from backend.monitoring.rollups.reading import Window, sums
from backend.monitoring.rollups.rebuilding import rebuild_statistics
from backend.monitoring.rollups.work import take_pulse
from backend.projects.actions.ending import close_project, reopen_project
from backend.projects.models import Project
from backend.schools.models import School
from backend.workspaces.actions.discussions import add_post
from backend.workspaces.actions.updates import post_update
from tests.factories import labels, moderation
from tests.factories.people import SchoolFactory, newcomer, officer, teacher
from tests.factories.projects import project, workspace
from tests.factories.scene import Scene

pytestmark = pytest.mark.django_db
EVER = Window()


def counted(country: str, *measures: str) -> dict[tuple[str, str], int]:
    """What a country has of these measures, by measure and code."""
    found = sums({"ever": Window(measures=measures)}, countries=[country])["ever"]
    return {(measure, code): number for (_, measure, code), number in found.items()}


def right() -> bool:
    """Counting everything afresh gives the same, folded or not."""
    before = list(differences())
    fold_statistics()
    return before == [] and list(differences()) == [] and not StatChange.objects.exists()


def right_with_factories() -> bool:
    """Whoever the factories made without a fact is counted first."""
    recount(Person, Person.objects.values_list("pk", flat=True))
    recount(School, School.objects.values_list("pk", flat=True))
    return right()


def test_a_person_comes_goes_and_comes_again() -> None:
    person, desk = newcomer("FR"), officer("FR")
    validate_teacher(person, actor=desk)
    assert counted("FR", "staff") == counted("", "staff") == {("staff", ""): 1}
    assert counted("PL", "staff") == {}
    revoke_teacher(person, actor=desk, reason="Left")
    assert counted("FR", "staff") == {}
    restore_teacher(person, actor=desk, reason="Came back")
    assert counted("FR", "staff") == {("staff", ""): 1}
    moderation.sanction(person, by=desk)
    assert counted("FR", "staff") == {}
    assert right_with_factories()


def test_a_school_is_validated_merged_and_closed() -> None:
    desk = officer("FR")
    first, second = (SchoolFactory(state="PROPOSED", type="PRIMARY") for _ in range(2))
    for school in (first, second):
        validate_school(school, actor=desk)
    assert counted("FR", "schools") == {("schools", "PRIMARY"): 2}
    merge_schools(first, actor=desk, into=second, reason="The same")
    assert counted("FR", "schools") == {("schools", "PRIMARY"): 1}
    close_school(second, actor=desk, reason="No more")
    assert counted("FR", "schools") == {}
    assert right()


def test_a_project_from_the_agencies_to_its_end() -> None:
    one = project("PENDING_APPROVAL", founders=(teacher("FR"), teacher("PL")))
    pairs = ("pair", "pair_open", "pair_waiting", "opened", "idle")
    assert counted("FR", *pairs) == {("pair", "PL"): 1, ("pair_waiting", "PL"): 1}
    room = workspace(founders=(teacher("PL"), teacher("FR")), subjects=["MUSIC"], ages_from=6, ages_to=8)
    project("OPEN", founders=(teacher("FR"), teacher("FR")))
    assert counted("FR", *pairs) == {
        ("pair", "PL"): 2, ("pair_waiting", "PL"): 1, ("pair_open", "PL"): 1, ("opened", "PL"): 1, ("idle", "PL"): 1,
        ("pair", "FR"): 1, ("pair_open", "FR"): 1, ("opened", "FR"): 1, ("idle", "FR"): 1,
    }  # fmt: skip
    assert counted("", "pair", "opened") == {("pair", ""): 3, ("opened", ""): 2}
    about = counted("PL", "opened_subject", "opened_language", "opened_age", "opened_type", "approve_days")
    assert about == {
        ("opened_subject", "MUSIC"): 1, ("opened_language", "en"): 1, ("opened_language", "fr"): 1,
        ("opened_age", "3-6"): 1, ("opened_age", "7-11"): 1, ("opened_type", "OTHER"): 1, ("approve_days", "0"): 1,
    }  # fmt: skip
    close_project(room.project, actor=room.project.founders[0].person)
    assert counted("PL", "pair", "pair_open", "opened")[("opened", "FR")] == 1
    assert counted("PL", "pair_open") == {}
    reopen_project(Project.objects.get(pk=room.project_id), actor=room.project.founders[0].person)
    assert counted("PL", "pair_open") == {("pair_open", "FR"): 1}
    assert one.round == 1
    assert right_with_factories()


def test_work_moves_the_pulse_once_a_day_and_counts_every_time() -> None:
    room = workspace(founders=(teacher("FR"), teacher("PL")))
    first, second = (member.person for member in room.project.founders)
    assert counted("FR", "idle", "started") == {("idle", "PL"): 1}
    post_update(room, actor=first, text="We met.")
    assert counted("FR", "idle", "started", "one_sided") == {("started", "PL"): 1, ("one_sided", "PL"): 1}
    changes = StatChange.objects.count()
    post_update(room, actor=first, text="Again.")
    assert StatChange.objects.count() == changes + 2  # France and Europe
    with time_machine.travel(clock.now() + timedelta(days=3)):
        post_update(room, actor=second, text="We too.")
    pulse = Pulse.objects.get(project=room.project)
    assert pulse.last_on - pulse.one_on == timedelta(days=3)
    assert pulse.other_on == pulse.last_on
    assert counted("FR", "one_sided") == {}
    assert counted("", "updates") == {("updates", ""): 3}
    assert right_with_factories()
    assert sorted(Work.objects.values_list("number", flat=True)) == [1, 2]


def test_more_pulses_are_taken_than_a_statement_has_room_for() -> None:
    room = workspace(founders=(teacher("FR"), teacher("PL")))
    post_update(room, actor=room.project.founders[0].person, text="We met.")
    Pulse.objects.all().delete()
    take_pulse([*(UUID(int=number) for number in range(70_000)), room.project_id])
    assert Pulse.objects.get().project_id == room.project_id
    assert right_with_factories()


def test_everything_that_can_stand_in_a_workspace() -> None:
    scene = Scene()
    add_post(scene.thread, actor=scene.pupil.person, text="Me too")
    assert counted("FR", "posts", "updates", "files", "other") == {
        ("posts", ""): 3, ("updates", ""): 1, ("files", ""): 1, ("other", ""): 10,
    }  # fmt: skip
    assert right_with_factories()


def test_labels_and_reports() -> None:
    labels.awarded(labels.application())
    labels.refused(labels.application())
    assert counted("FR", "label_applications", "labels_awarded", "labels_refused", "label_days") == {
        ("label_applications", ""): 2, ("labels_awarded", ""): 1, ("labels_refused", ""): 1, ("label_days", "0"): 2,
    }  # fmt: skip
    made = moderation.report(teacher("FR"), actor=teacher("PL"))
    assert counted("FR", "reports_made", "reports_handled") == {("reports_made", "SPAM"): 1}
    decide_report(made, actor=officer("FR"), outcome="NO_ACTION", reason="Nothing there")
    assert counted("FR", "reports_handled", "report_hours") == {
        ("reports_handled", "NO_ACTION"): 1, ("report_hours", "0"): 1,
    }  # fmt: skip
    assert right_with_factories()


def test_counting_afresh_gives_what_was_followed() -> None:
    scene = Scene()
    labels.awarded(labels.application(scene.room.project))
    assert right_with_factories()
    before = sums({"ever": EVER}, countries=["FR", "PL", "ES", "IT", ""])["ever"]
    Work.objects.all().delete()
    Pulse.objects.all().delete()
    rebuild_statistics()
    assert list(differences()) == []
    after = sums({"ever": EVER}, countries=["FR", "PL", "ES", "IT", ""])["ever"]
    assert +after == +before
    assert Counted.objects.exists()
