"""The European label: nominations by agencies, the award by the central service."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from backend.accounts.models import Person
from backend.eventlog.models import Event
from backend.labels.actions.european import (
    award_european_label,
    nominate_for_european_label,
    nominations_allowed,
)
from backend.labels.models import EuropeanLabel, LabelNomination
from backend.notifications.models import Notification
from backend.projects.models import Project
from tests.factories.labels import FULL, application, awarded, founder, labelled
from tests.factories.people import central, officer, teacher
from tests.factories.projects import workspace

pytestmark = pytest.mark.django_db
# 20 points of 25: just not above
TWENTY = {**FULL, "RESULTS": 0}


def refusal(project: Project, actor: Person) -> str:
    """The code a nomination is refused with; nothing may be written."""
    before = Event.objects.count(), LabelNomination.objects.count()
    with pytest.raises(ValidationError) as refused:
        nominate_for_european_label(project, actor=actor)
    assert (Event.objects.count(), LabelNomination.objects.count()) == before
    return str(
        refused.value.error_dict["project_id"][0].code if hasattr(refused.value, "error_dict") else refused.value.code
    )


def test_a_nomination_and_an_award() -> None:
    project = labelled()
    actor = officer("FR")
    awarder = central()
    nomination = nominate_for_european_label(project, actor=actor)
    assert Notification.objects.get(event__kind="label.nominated").recipient == awarder
    assert (nomination.country_id, nomination.nominated_by) == ("FR", actor)
    assert refusal(project, officer("FR", role="LEAD")) == "label_already_nominated"
    assert nominate_for_european_label(project, actor=officer("PL")).country_id == "PL"
    label = award_european_label(project, actor=central(), reason="A model for others.")
    assert (label.project, label.reason) == (project, "A model for others.")
    told = Notification.objects.filter(event__kind="label.european_awarded").values_list("recipient", flat=True)
    assert set(told) == {founder(project).pk, founder(project, 1).pk}
    assert refusal(labelled(title="Bridges"), officer("DE")) == "label_not_awarded_here"
    assert refusal(project, officer("FR")) == "european_label_awarded"
    with pytest.raises(ValidationError) as again:
        award_european_label(project, actor=central(), reason="Once more.")
    assert again.value.error_dict["project_id"][0].code == "european_label_awarded"


def test_who_may_not() -> None:
    project = labelled()
    for person in (central(), officer("FR", role="VIEWER"), founder(project), teacher("FR")):
        with pytest.raises(PermissionDenied):
            nominate_for_european_label(project, actor=person)
    nominate_for_european_label(project, actor=officer("FR"))
    for person in (officer("FR"), central(role="VIEWER"), founder(project)):
        with pytest.raises(PermissionDenied):
            award_european_label(project, actor=person, reason="Why not")
    assert EuropeanLabel.objects.count() == 0


def test_two_countries_and_more_than_twenty_points() -> None:
    project = workspace().project
    awarded(application(project))
    assert refusal(project, officer("FR")) == "label_one_country_only"
    assert refusal(project, officer("PL")) == "label_not_awarded_here"
    assert refusal(labelled(TWENTY, title="Twenty"), officer("FR")) == "label_average_too_low"
    mixed = workspace(title="Mixed").project
    awarded(application(mixed), TWENTY)
    awarded(application(mixed, applicant=founder(mixed, 1)), {**FULL, "RESULTS": 1})
    assert nominate_for_european_label(mixed, actor=officer("FR")).project == mixed


def test_a_quarter_of_a_school_years_projects() -> None:
    assert [nominations_allowed(n) for n in (0, 1, 4, 7, 8, 9, 100)] == [0, 1, 1, 1, 2, 2, 25]
    actor = officer("FR")
    with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC)):
        projects = [labelled(title=f"P{n}") for n in range(4)]
        nominate_for_european_label(projects[0], actor=actor)
        assert refusal(projects[1], actor) == "label_nominations_used"
    with time_machine.travel(datetime(2026, 10, 1, tzinfo=UTC)):
        late = labelled(title="Late")
        assert refusal(projects[1], actor) == "label_nominations_used"
        assert nominate_for_european_label(late, actor=actor).school_year == 2026
    with time_machine.travel(datetime(2026, 3, 2, tzinfo=UTC)):
        for n in range(3):
            labelled(title=f"Q{n}")
            assert refusal(projects[1], actor) == "label_nominations_used"
        labelled(title="Q3")
        assert nominate_for_european_label(projects[1], actor=actor).school_year == 2025
        assert refusal(projects[2], actor) == "label_nominations_used"


def test_an_award_needs_a_nomination_and_a_reason() -> None:
    project = labelled()
    with pytest.raises(ValidationError) as early:
        award_european_label(project, actor=central(), reason="Good.")
    assert early.value.error_dict["project_id"][0].code == "label_not_nominated"
    nominate_for_european_label(project, actor=officer("FR"))
    with pytest.raises(ValidationError) as silent:
        award_european_label(project, actor=central(), reason=" ")
    assert silent.value.error_dict["reason"][0].code == "reason_missing"
    assert EuropeanLabel.objects.count() == 0
