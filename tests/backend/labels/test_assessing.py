"""Giving points, conflicts of interest, and the decision."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from backend.core.guards import Refused
from backend.eventlog.models import Event
from backend.labels.actions.assessing import assess_label, declare_conflict, open_label_evidence
from backend.labels.actions.deciding import award_label, refuse_label
from backend.labels.models import LabelApplication, LabelAssessment, LabelGrid, LabelMark, LabelState, NationalLabel
from backend.notifications.models import Notification
from tests.factories.labels import ENOUGH, FULL, TOO_FEW, application, assessed, awarded, two_assessors
from tests.factories.people import central, officer, teacher

pytestmark = pytest.mark.django_db


def written() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Event, LabelAssessment, LabelMark, NationalLabel))


def refusal(rule: Any, sent: LabelApplication, **given: Any) -> str:
    """The code a rule is refused with; nothing may be written."""
    before = written()
    with pytest.raises((ValidationError, PermissionDenied)) as refused:
        rule(sent, **given)
    assert written() == before
    error = refused.value
    if isinstance(error, Refused):
        return error.code
    assert isinstance(error, ValidationError)
    fields = getattr(error, "error_dict", None)
    return str((next(iter(fields.values()))[0] if fields else error).code)


def test_the_first_grid_adds_up() -> None:
    grid = LabelGrid.objects.current().get()
    criteria = list(grid.criteria.all())
    assert [each.code for each in criteria] == ["COLLABORATION", "TECHNOLOGY", "PEDAGOGY", "CURRICULUM", "RESULTS"]
    assert [each.maximum for each in criteria] == [5] * 5
    for each in criteria:
        parts = [part.maximum for part in each.parts.all()]
        assert not parts or sum(parts) == each.maximum
    marked = grid.marked()
    assert {code: leaf.minimum for code, leaf in marked.items() if leaf.minimum} == {
        "PUPILS_ONLINE": 1,
        "ICT": 1,
        "SAFETY": 1,
    }
    assert (grid.threshold, grid.european_above) == (13, 20)
    assert all(set(leaf.labels) == {"en", "fr"} for leaf in [*criteria, *marked.values()])


def test_points_within_the_grid() -> None:
    sent, actor = application(), officer("FR")
    given: dict[str, Any] = {"actor": actor}
    assert refusal(assess_label, sent, **given, points={**FULL, "PEDAGOGY": 6}) == "label_points_out_of_range"
    assert refusal(assess_label, sent, **given, points={**FULL, "PEDAGOGY": -1}) == "label_points_out_of_range"
    assert refusal(assess_label, sent, **given, points={**FULL, "COLLABORATION": 5}) == "code_unknown"
    less = {code: n for code, n in FULL.items() if code != "ICT"}
    assert refusal(assess_label, sent, **given, points=less) == "label_points_missing"
    assert refusal(assess_label, sent, **given, points=FULL, feedback="x" * 10_001) == "too_long"
    assess_label(sent, actor=actor, points=TOO_FEW, feedback="Nearly")
    assess_label(sent, actor=actor, points=FULL, feedback="Indeed")
    part = LabelAssessment.objects.get()
    assert (part.assessor, part.feedback) == (actor, "Indeed")
    assert {mark.criterion.code: mark.points for mark in part.marks.all()} == FULL


def test_who_assesses_and_decides() -> None:
    sent = application()
    for person in (officer("DE"), officer("FR", role="VIEWER"), sent.applicant, teacher("FR")):
        assert refusal(assess_label, sent, actor=person, points=FULL) == "not_permitted"
        assert refusal(open_label_evidence, sent, actor=person) == "not_permitted"
        assert refusal(declare_conflict, sent, actor=person) == "not_permitted"
        assert refusal(award_label, sent, actor=person) == "not_permitted"
        assert refusal(refuse_label, sent, actor=person, feedback="No") == "not_permitted"
    assert assess_label(sent, actor=officer("FR", role="LEAD"), points=FULL)


def test_an_award() -> None:
    sent = awarded(application(), ENOUGH)
    assert (sent.state, sent.points) == (LabelState.AWARDED, Decimal(13))
    label = NationalLabel.objects.get()
    assert (label.person, label.project, label.country_id, label.points) == (sent.applicant, sent.project, "FR", 13)
    assert Notification.objects.filter(event__kind="label.awarded").get().recipient == sent.applicant
    actor = officer("FR")
    assert refusal(award_label, sent, actor=actor) == "label_application_decided"
    assert refusal(refuse_label, sent, actor=actor, feedback="No") == "label_application_decided"
    assert refusal(assess_label, sent, actor=actor, points=FULL) == "label_application_decided"
    assert refusal(declare_conflict, sent, actor=actor) == "label_application_decided"
    assert refusal(open_label_evidence, sent, actor=actor) == "label_application_decided"


def test_what_an_award_needs() -> None:
    actor = officer("FR")
    sent = application()
    assert refusal(award_label, sent, actor=actor) == "label_assessment_missing"
    assess_label(sent, actor=actor, points=TOO_FEW)
    assert refusal(award_label, sent, actor=actor) == "label_threshold_missed"
    for code in ("PUPILS_ONLINE", "ICT", "SAFETY"):
        assess_label(sent, actor=actor, points={**FULL, code: 0})
        assert refusal(award_label, sent, actor=actor) == "label_minimum_missed"
    assess_label(sent, actor=actor, points=ENOUGH)
    assert refusal(award_label, sent, actor=central()) == "reason_missing"
    assert award_label(sent, actor=central(), feedback="For the agency, which is away.").state == LabelState.AWARDED


def test_two_assessors_and_the_average_of_both() -> None:
    two_assessors("FR")
    sent = assessed(application(), ENOUGH)
    assert refusal(award_label, sent, actor=officer("FR")) == "label_assessment_missing"
    second = officer("FR")
    assess_label(sent, actor=second, points={**ENOUGH, "ICT": 0})
    assert refusal(award_label, sent, actor=second) == "label_minimum_missed"
    assess_label(sent, actor=second, points=TOO_FEW)
    assert refusal(award_label, sent, actor=second) == "label_threshold_missed"
    assert refusal(assess_label, sent, actor=officer("FR"), points=FULL) == "label_assessments_complete"
    assess_label(sent, actor=second, points={**ENOUGH, "RESULTS": 1})
    assert award_label(sent, actor=second).points == Decimal("13.5")


def test_the_policy_of_the_day_it_was_sent() -> None:
    sent = application()
    two_assessors("FR")
    assert awarded(sent).state == LabelState.AWARDED


def test_a_conflict_of_interest() -> None:
    sent, actor = application(), officer("FR")
    assess_label(sent, actor=actor, points=FULL, feedback="My cousin!")
    declare_conflict(sent, actor=actor)
    assert LabelMark.objects.count() == 0
    part = LabelAssessment.objects.get()
    assert (part.assessed_at, part.feedback) == (None, "")
    assert part.conflict_declared_at
    assert refusal(assess_label, sent, actor=actor, points=FULL) == "label_conflict_declared"
    assert refusal(open_label_evidence, sent, actor=actor) == "label_conflict_declared"
    assert refusal(declare_conflict, sent, actor=actor) == "label_conflict_declared"
    assert refusal(award_label, sent, actor=actor) == "label_conflict_declared"
    assert refusal(refuse_label, sent, actor=actor, feedback="No") == "label_conflict_declared"
    assert refusal(award_label, sent, actor=officer("FR")) == "label_assessment_missing"
    assert awarded(sent).state == LabelState.AWARDED


def test_a_refusal_says_why() -> None:
    sent = assessed(application(), TOO_FEW)
    assert refusal(refuse_label, sent, actor=officer("FR"), feedback=" ") == "reason_missing"
    sent = refuse_label(sent, actor=officer("FR"), feedback="Show the pupils' work.")
    assert (sent.state, sent.feedback, sent.points) == (LabelState.REFUSED, "Show the pupils' work.", 12)
    assert Notification.objects.filter(event__kind="label.refused").get().recipient == sent.applicant
    assert NationalLabel.objects.count() == 0


def test_who_reads_what() -> None:
    sent = assessed(application(), feedback="Fine")
    out = declare_conflict(sent, actor=officer("FR"))
    assert out == sent

    def seen(person: Any) -> tuple[int, int, int]:
        models = (LabelApplication, LabelAssessment, LabelMark)
        return tuple(model.objects.visible_to(person).count() for model in models)  # type: ignore[attr-defined,return-value]

    assert seen(sent.applicant) == (1, 0, 0)
    award_label(sent, actor=officer("FR"))
    assert seen(sent.applicant) == (1, 1, 7)
    for person in (officer("FR"), officer("FR", role="VIEWER"), central()):
        assert seen(person) == (1, 2, 7)
    for person in (officer("PL"), sent.project.founders[1].person, teacher("FR"), None):
        assert seen(person) == (0, 0, 0)
