"""Applying for the national label."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from backend.core.models import change
from backend.eventlog.models import Event
from backend.labels.actions.applying import apply_for_label, withdraw_label_application
from backend.labels.models import LabelApplication, LabelState
from backend.labels.school_year import school_year_of
from backend.notifications.models import Notification
from backend.projects.models import Project, ProjectState
from backend.workspaces.actions.discussions import add_post, open_discussion, remove_post, start_thread
from backend.workspaces.actions.updates import post_update
from backend.workspaces.models import Audience
from tests.factories.labels import ANSWERS, application, awarded, founder, refused, two_assessors
from tests.factories.people import newcomer, officer, teacher
from tests.factories.projects import project, pupil, workspace

pytestmark = pytest.mark.django_db


def refusal(field: str = "", **given: Any) -> str:
    """The code apply_for_label is refused with; nothing may be written."""
    before = LabelApplication.objects.count(), Event.objects.count()
    with pytest.raises(ValidationError) as refused:
        apply_for_label(given.pop("project"), **{"answers": ANSWERS, "evidence": [], **given})
    assert (LabelApplication.objects.count(), Event.objects.count()) == before
    error = refused.value.error_dict[field][0] if field else refused.value
    return str(error.code)


def test_what_is_kept() -> None:
    two_assessors("FR")
    room = workspace()
    actor = founder(room.project)
    news = post_update(room, actor=actor, text="We measured the river.")
    sent = apply_for_label(room.project, actor=actor, answers=ANSWERS, evidence=[news, news])
    assert (sent.state, sent.country_id, sent.school, sent.assessors) == ("SUBMITTED", "FR", actor.school, 2)
    assert (sent.grid.version, sent.project_title) == (1, "Rivers")
    assert {answer.criterion.code: answer.text for answer in sent.answers.all()} == ANSWERS
    assert [(row.kind, row.subject_id) for row in sent.evidence.all()] == [("workspaces.Update", news.pk)]
    event = Event.objects.get(kind="label.requested")
    assert [row.country_id for row in event.countries.all()] == ["FR"]
    assert not event.entries.filter(stream=room.project.pk).exists()
    assert not Notification.objects.filter(event=event).exists()


def test_who_may_not() -> None:
    room = workspace()
    member = founder(room.project)
    for person in (teacher("FR"), newcomer("FR"), officer("FR"), pupil(room, actor=member)):
        with pytest.raises(PermissionDenied):
            apply_for_label(room.project, actor=person, answers=ANSWERS, evidence=[])
    assert LabelApplication.objects.count() == 0


def test_only_european_projects() -> None:
    national = workspace(founders=(teacher("FR"), teacher("FR"))).project
    assert refusal("project_id", project=national, actor=founder(national)) == "label_project_national"


@pytest.mark.parametrize("state", list(ProjectState))
def test_only_finished_ones(state: ProjectState) -> None:
    found = project()
    change(found, state=state)
    if state in (ProjectState.CLOSED, ProjectState.ARCHIVED):
        assert application(found).state == LabelState.SUBMITTED
    else:
        assert refusal("project_id", project=found, actor=founder(found)) == "label_project_not_ready"


@pytest.mark.parametrize(
    ("end", "is_ready"),
    [(None, False), (date(2026, 9, 1), False), (date(2026, 8, 31), True), (date(2026, 1, 31), True)],
)
def test_or_those_about_to_be(end: date | None, is_ready: bool) -> None:
    found = workspace(ends_on=end).project
    with time_machine.travel(datetime(2026, 6, 1, 12, tzinfo=UTC)):
        if is_ready:
            assert application(found).state == LabelState.SUBMITTED
        else:
            assert refusal("project_id", project=found, actor=founder(found)) == "label_project_not_ready"


def test_every_criterion_is_answered() -> None:
    found = workspace().project
    given: dict[str, Any] = {"project": found, "actor": founder(found)}
    assert refusal("answers", **given, answers={**ANSWERS, "RESULTS": " \n"}) == "label_answers_missing"
    assert refusal("answers", **given, answers={}) == "label_answers_missing"
    assert refusal("answers", **given, answers={**ANSWERS, "BEAUTY": "Yes"}) == "code_unknown"
    assert refusal("answers", **given, answers={**ANSWERS, "PUPILS_ONLINE": "Yes"}) == "code_unknown"
    assert refusal("answers", **given, answers={**ANSWERS, "RESULTS": "x" * 10_001}) == "too_long"


def test_evidence_is_of_this_workspace_and_seen_by_the_applicant() -> None:
    room, away = workspace(), workspace(founders=(teacher("DE"), teacher("IT")))
    actor = founder(room.project)
    foreign = post_update(away, actor=founder(away.project), text="Not ours")
    both = workspace(founders=(actor, teacher("SE")), title="Bridges")
    elsewhere = post_update(both, actor=actor, text="Ours, but of another project")
    given: dict[str, Any] = {"project": room.project, "actor": actor}
    assert refusal("evidence_ids", **given, evidence=[foreign]) == "label_evidence_elsewhere"
    assert refusal("evidence_ids", **given, evidence=[elsewhere]) == "label_evidence_elsewhere"
    thread = start_thread(open_discussion(room, actor=actor, title="D"), actor=actor, title="T", text="First")
    post = remove_post(add_post(thread, actor=actor, text="Oops"), actor=actor)
    assert refusal("evidence_ids", **given, evidence=[post]) == "label_evidence_removed"
    many = [post_update(room, actor=actor, text=f"{n}") for n in range(31)]
    assert refusal("evidence_ids", **given, evidence=many) == "too_many_at_once"
    staff_only = post_update(room, actor=actor, text="Among us")
    change(staff_only, audience=Audience.STAFF)
    assert application(room.project, evidence=[staff_only]).evidence.count() == 1


def test_one_at_a_time_and_a_second_one_after_a_refusal() -> None:
    found = workspace().project
    given: dict[str, Any] = {"project": found, "actor": founder(found)}
    first = application(found)
    assert refusal("project_id", **given) == "label_already_asked"
    refused(first)
    second = refused(application(found))
    assert second.state == LabelState.REFUSED
    assert refusal("project_id", **given) == "label_refused_twice"
    other = awarded(application(found, applicant=founder(found, 1)))
    assert other.country_id == "PL"
    assert refusal("project_id", project=found, actor=founder(found, 1)) == "label_already_awarded"


def test_four_a_school_year() -> None:
    actor = teacher("FR")

    def one_more(n: int) -> Project:
        return workspace(founders=(actor, teacher("PL")), title=f"P{n}").project

    with time_machine.travel(datetime(2026, 8, 31, 12, tzinfo=UTC)):
        sent = [application(one_more(n), applicant=actor) for n in range(4)]
        assert refusal(project=one_more(4), actor=actor) == "label_applications_this_year"
        withdraw_label_application(sent[0], actor=actor)
        assert application(one_more(5), applicant=actor).school_year == 2025
        assert refusal(project=one_more(6), actor=actor) == "label_applications_this_year"
    with time_machine.travel(datetime(2026, 9, 1, 12, tzinfo=UTC)):
        assert application(one_more(7), applicant=actor).school_year == 2026


def test_when_a_school_year_begins() -> None:
    moments = (
        datetime(2026, 8, 31, 23, 59, tzinfo=UTC),
        datetime(2026, 9, 1, tzinfo=UTC),
        datetime(2027, 1, 1, tzinfo=UTC),
    )
    assert [school_year_of(moment) for moment in moments] == [2025, 2026, 2026]


def test_withdrawing() -> None:
    sent = application()
    with pytest.raises(PermissionDenied):
        withdraw_label_application(sent, actor=founder(sent.project, 1))
    assert withdraw_label_application(sent, actor=sent.applicant).state == LabelState.WITHDRAWN
    with pytest.raises(ValidationError) as again:
        withdraw_label_application(sent, actor=sent.applicant)
    assert again.value.code == "label_application_decided"
    assert Event.objects.filter(kind="label.withdrawn").count() == 1
    assert application(sent.project).state == LabelState.SUBMITTED
