"""Taking, giving and giving back cases."""

import pytest

from backend.agencies.actions import validate_teacher
from backend.desk.actions import assign_case, release_case, take_next
from backend.desk.cases import Case, decided_by, find_case, looked_after, next_case, officers_of, waiting
from backend.desk.models import Assignment, Queue
from backend.eventlog.models import Event
from backend.notifications.models import Notification
from backend.projects.models import ProjectState
from tests.factories.labels import application
from tests.factories.moderation import help_request, report
from tests.factories.people import SchoolFactory, central, newcomer, officer, teacher
from tests.factories.projects import project
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def a_case(country: str = "FR") -> Case:
    return Case(Queue.PEOPLE, newcomer(country))


def test_an_officer_takes_a_case_and_gives_it_to_a_colleague() -> None:
    case, lou, max = a_case(), officer("FR"), officer("FR")
    assign_case(case, actor=lou, officer=lou)
    assert officers_of([case.row]) == {case.row.pk: lou}
    assign_case(case, actor=lou, officer=max)
    assert officers_of([case.row]) == {case.row.pk: max}
    told = Event.objects.filter(subject_id=case.row.pk).order_by("pk").values_list("kind", "data")
    assert list(told) == [
        ("case.taken", {"officer": str(lou.pk), "queue": "people"}),
        ("case.assigned", {"officer": str(max.pk), "queue": "people"}),
    ]
    assert [n.recipient for n in Notification.objects.filter(event__kind="case.assigned")] == [max]


def test_a_case_is_given_back() -> None:
    case, lou = a_case(), officer("FR")
    with refused("case_not_taken"):
        release_case(case, actor=lou)
    assign_case(case, actor=lou, officer=lou)
    release_case(case, actor=officer("FR"))
    assert Assignment.objects.count() == 0
    assert Event.objects.latest("pk").kind == "case.released"


def test_viewers_and_other_countries_take_nothing() -> None:
    case, lou = a_case(), officer("FR")
    with refused("not_permitted"):
        assign_case(case, actor=officer("FR", role="VIEWER"), officer=lou)
    with refused("case_not_waiting"):
        assign_case(case, actor=officer("DE"), officer=lou)
    for stranger in (officer("DE"), officer("FR", role="VIEWER"), teacher("FR")):
        with refused("officer_elsewhere"):
            assign_case(case, actor=lou, officer=stranger)
    with refused("not_permitted"):
        release_case(case, actor=officer("FR", role="VIEWER"))
    assert Assignment.objects.count() == 0


def test_what_is_decided_is_taken_by_nobody() -> None:
    case, lou = a_case(), officer("FR")
    validate_teacher(case.row, actor=lou)
    with refused("case_not_waiting"):
        assign_case(case, actor=lou, officer=lou)
    assert decided_by(lou, case) == lou
    assert decided_by(officer("DE"), case) is None


def test_the_next_case_is_the_most_urgent_that_nobody_looks_after() -> None:
    lou = officer("FR")
    first, second = newcomer("FR"), newcomer("FR")
    newcomer("DE")
    assert next_case(lou, "people") == Case(Queue.PEOPLE, first)
    assert take_next("people", actor=lou).row == first
    assert take_next("people", actor=officer("FR")).row == second
    with refused("nothing_to_take"):
        take_next("people", actor=lou)
    with refused("code_unknown"):
        take_next("nothing", actor=lou)
    with refused("not_permitted"):
        take_next("people", actor=officer("FR", role="VIEWER"))
    assert list(looked_after(waiting(lou, "people"), lou, "mine")) == [first]
    assert list(looked_after(waiting(lou, "people"), lou, "others")) == [second]
    assert list(looked_after(waiting(lou, "people"), lou, "nobody")) == []


def test_every_queue_has_cases() -> None:
    lou = officer("FR")
    decision = project(ProjectState.PENDING_APPROVAL).decisions.get(country="FR")
    rows = {
        "people": newcomer("FR"),
        "schools": SchoolFactory(state="PROPOSED"),
        "projects": decision,
        "reports": report(teacher("FR"), actor=teacher("DE")),
        "labels": application(),
        "help": help_request(actor=teacher("FR")),
    }
    for queue, row in rows.items():
        case = find_case(lou, queue, row.pk)
        assert case is not None
        assert case.country == "FR"
        assert assign_case(case, actor=lou, officer=lou).queue == queue
        assert find_case(officer("DE"), queue, row.pk) is None
    assert Event.objects.filter(kind="case.taken", subject_id=decision.project_id).count() == 1


def test_who_sees_assignments() -> None:
    case, lou = a_case(), officer("FR")
    assignment = assign_case(case, actor=lou, officer=lou)
    seen = [Assignment.objects.visible_to(person).count() for person in (lou, officer("FR"), central())]
    hidden = [Assignment.objects.visible_to(person).count() for person in (officer("DE"), teacher("FR"), None)]
    assert (seen, hidden, str(assignment)) == ([1, 1, 1], [0, 0, 0], "People")
