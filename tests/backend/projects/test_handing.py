"""Whose founder is gone: a partner follows, or the agency closes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from backend.accounts.models import Person, PersonState
from backend.agencies.actions import revoke_teacher
from backend.agencies.models import StandIn
from backend.core import clock
from backend.eventlog.models import Event
from backend.moderation.models import ReportOutcome
from backend.monitoring.queues import backlog, hand_overs_waiting
from backend.notifications.models import Notification
from backend.privacy.actions import erase_person
from backend.privacy.retention import apply_retention
from backend.projects.actions.ending import close_project
from backend.projects.actions.handing import confirm_hand_over, hand_over_project
from backend.projects.models import HandOver, Project, ProjectMemberState, ProjectState
from backend.workspaces.actions.discussions import add_post
from backend.workspaces.models import Post
from tests.factories.moderation import sanction
from tests.factories.people import central, officer, teacher
from tests.factories.projects import follower
from tests.factories.scene import Scene
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene()


def gone(person: Person, state: str = PersonState.REVOKED) -> None:
    Person.objects.filter(pk=person.pk).update(state=state)


def again(scene: Scene) -> Project:
    return Project.objects.get(pk=scene.room.project.pk)


def asked(scene: Scene, **given: Any) -> HandOver:
    """The Polish founder, or whoever is given, asks that somebody follows the French one."""
    project = again(scene)
    taker = given.pop("taker", None) or follower(project, of=scene.founder)
    given = {"actor": scene.other, "giver": project.founders[0], **given}
    return hand_over_project(project, taker=taker, **given)


def _close(person: Person, desk: Person) -> None:
    revoke_teacher(person, actor=desk, reason="Left the school")


def _ban(person: Person, desk: Person) -> None:
    sanction(person, ReportOutcome.BAN)


def _erase(person: Person, desk: Person) -> None:
    erase_person(person, actor=desk, reason="Asked for it")


@pytest.mark.parametrize("end", [_close, _ban, _erase])
def test_who_can_do_something_is_told_once_and_not_why(scene: Scene, end: Callable[[Person, Person], None]) -> None:
    desk, viewer, polish = officer("FR"), officer("FR", role="VIEWER"), officer("PL")
    end(scene.founder, desk)
    event = Event.objects.get(kind="project.founder_lost")
    assert (event.actor, event.data, event.subject_id) == (None, {}, scene.room.project.pk)
    told = set(Notification.objects.filter(event=event).values_list("recipient", flat=True))
    everybody = {scene.founder.pk, scene.other.pk, desk.pk, viewer.pk, polish.pk, scene.visitor.pk}
    assert told & everybody == {scene.other.pk, desk.pk}


def test_of_a_closed_project_nobody_is_told(scene: Scene) -> None:
    close_project(scene.room.project, actor=scene.founder)
    _close(scene.founder, officer("FR"))
    assert not Event.objects.filter(kind="project.founder_lost").exists()


@pytest.mark.parametrize("state", ["REVOKED", "BANNED", "ERASED"])
def test_the_other_founder_asks_and_the_agency_confirms(scene: Scene, state: str) -> None:
    gone(scene.founder, state)
    hand_over = asked(scene)
    told = Notification.objects.filter(event__kind="project.hand_over_asked").values_list("recipient", flat=True)
    assert hand_over.taker.person_id in set(told)
    confirm_hand_over(hand_over, actor=officer("FR"))
    assert [m.person for m in again(scene).founders] == [hand_over.taker.person, scene.other]
    giver = again(scene).members.get(person=scene.founder)
    assert (giver.role, giver.state) == ("PARTNER", ProjectMemberState.LEFT)
    places = scene.room.memberships.filter(person__in=[scene.founder, hand_over.taker.person])
    assert {m.person_id: (m.role, m.left_at is None) for m in places} == {
        scene.founder.pk: ("ADMINISTRATOR", False),
        hand_over.taker.person_id: ("ADMINISTRATOR", True),
    }
    confirmed = Notification.objects.filter(event__kind="project.hand_over_confirmed").values_list(
        "recipient", flat=True
    )
    assert scene.other.pk in set(confirmed)


def test_only_of_who_is_gone(scene: Scene) -> None:
    taker = follower(again(scene), of=scene.founder)
    for state in ("VALIDATED", "SUSPENDED"):
        gone(scene.founder, state)
        with refused("not_permitted"):
            asked(scene, taker=taker)


def test_the_agency_asks_too_and_central_says_why(scene: Scene) -> None:
    gone(scene.founder)
    taker = follower(again(scene), of=scene.founder)
    for actor in (officer("PL"), officer("FR", role="VIEWER"), teacher("FR")):
        with refused("not_permitted"):
            asked(scene, actor=actor, taker=taker)
    with refused("reason_missing"):
        asked(scene, actor=central(), taker=taker)
    asked(scene, actor=central(), taker=taker, reason="The agency is closed in August.")
    assert StandIn.objects.get().agency.country_id == "FR"


def test_it_waits_on_the_desk_with_a_due_date(scene: Scene) -> None:
    gone(scene.founder)
    desk = officer("FR")
    assert backlog(hand_overs_waiting(desk)).waiting == 0
    with time_machine.travel("2026-03-06T12:00:00Z", tick=False):
        hand_over = asked(scene)
    assert hand_over.due_at == clock.after_working_days(hand_over.created_at, 5)
    assert list(hand_overs_waiting(desk)) == [hand_over]
    assert not hand_overs_waiting(officer("PL")).exists()
    assert backlog(hand_overs_waiting(desk)).overdue == 1
    confirm_hand_over(hand_over, actor=desk)
    assert not hand_overs_waiting(desk).exists()


def test_the_agency_closes_what_both_founders_left_and_retention_follows(scene: Scene) -> None:
    project, desk = again(scene), officer("FR")
    said = add_post(scene.thread, actor=scene.pupil.person, text="By a pupil")
    gone(scene.founder)
    with refused("not_permitted"):
        close_project(project, actor=desk, reason="Nobody is left.")
    for person in (scene.founder, scene.other):
        erase_person(Person.objects.get(pk=person.pk), actor=officer(person.country_id), reason="They asked for it.")
    with refused("reason_missing"):
        close_project(project, actor=desk)
    with refused("not_permitted"):
        close_project(project, actor=officer("DE"), reason="Nobody is left.")
    closed = close_project(project, actor=desk, reason="Nobody is left.")
    assert (closed.state, closed.state_comment) == (ProjectState.CLOSED, "Nobody is left.")
    assert Event.objects.get(kind="project.closed").actor == desk
    for days, left in ((364, True), (366, False)):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            list(apply_retention())
            assert Post.objects.filter(pk=said.pk, removed_at=None).exists() == left
