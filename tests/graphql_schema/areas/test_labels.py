"""A quality label through the API: applied for, looked at, awarded, shown; and what others see of it."""

from typing import Any

import pytest

from backend.accounts.models import Person
from backend.eventlog.models import Event
from backend.workspaces.actions.updates import post_update
from tests.factories.labels import ANSWERS, FULL, application, assessed, founder, labelled, refused
from tests.factories.people import central, officer, teacher
from tests.factories.projects import workspace
from tests.support.api import Api, gid

pytestmark = pytest.mark.django_db

ANSWERED = [{"criterion": code, "text": text} for code, text in ANSWERS.items()]
POINTS = [{"criterion": code, "points": points} for code, points in FULL.items()]


def api(person: Person) -> Api:
    return Api(Person.objects.get(pk=person.pk))


def test_from_the_application_to_the_label() -> None:
    room = workspace()
    actor, assessor = founder(room.project), officer("FR")
    news = post_update(room, actor=actor, text="We began.")
    post_update(room, actor=actor, text="Not shown.")
    teacher_api, officer_api = api(actor), api(assessor)
    asked = "query($id: ID!) { project(id: $id) { viewerCanApplyForLabel } }"
    assert teacher_api.ask(asked, id=gid(room.project)) == {"project": {"viewerCanApplyForLabel": True}}
    sent = teacher_api.do(
        "applyForLabel",
        "... on LabelApplication { id state country { code } evidence { kind subjectId } assessments { id } }",
        projectId=gid(room.project), answers=ANSWERED, evidenceIds=[gid(news)],
    )  # fmt: skip
    assert (sent["state"], sent["country"], sent["assessments"]) == ("SUBMITTED", {"code": "FR"}, [])
    assert sent["evidence"] == [{"kind": "UPDATE", "subjectId": gid(news)}]
    opened = officer_api.do(
        "openLabelEvidence",
        "... on OpenedLabelEvidence { exhibits { kind title text url isRemoved } application { viewerCanAssess } }",
        applicationId=sent["id"],
    )
    assert opened["exhibits"] == [{"kind": "UPDATE", "title": "", "text": "We began.", "url": None, "isRemoved": False}]
    assert opened["application"] == {"viewerCanAssess": True}
    assert officer_api.ask("query($id: ID!) { node(id: $id) { id } }", id=gid(news)) == {"node": None}
    given = officer_api.do(
        "assessLabel", "... on LabelApplication { points assessments { marks { points } } }",
        applicationId=sent["id"], points=POINTS, feedback="A pleasure to read.",
    )  # fmt: skip
    assert given["points"] is None
    assert sum(mark["points"] for mark in given["assessments"][0]["marks"]) == 25
    done = officer_api.do("awardLabel", "... on LabelApplication { state points }", applicationId=sent["id"])
    assert (done["state"], done["points"]) == ("AWARDED", 25.0)
    own = "{ labelApplications(first: 5) { edges { node { points assessments { feedback assessor { name } } } } } }"
    assert teacher_api.ask(own)["labelApplications"]["edges"] == [
        {"node": {"points": 25.0, "assessments": [{"feedback": "A pleasure to read.", "assessor": None}]}}
    ]
    inbox = teacher_api.ask("{ notifications(first: 5) { edges { node { kind sentence } } } }")["notifications"]
    assert inbox["edges"][0]["node"] == {
        "kind": "label.awarded",
        "sentence": f"{assessor} awarded the national quality label for “Rivers”.",
    }


def test_labels_are_public_on_the_project_and_applications_are_not() -> None:
    project = labelled()
    officer_api, central_api = api(officer("FR")), api(central())
    nominated = officer_api.do(
        "nominateForEuropeanLabel",
        "... on LabelNomination { schoolYear project { title } }",
        projectId=gid(project),
    )
    assert nominated["project"] == {"title": "Rivers"}
    given = {"projectId": gid(project), "reason": "A model for others."}
    assert central_api.do("awardEuropeanLabel", "", **given)["__typename"] == "EuropeanLabel"
    document = """query($id: ID!) { project(id: $id) { labels { country { code } person { id } } europeanLabel { reason } } }"""
    people = [founder(project, position) for position in (0, 1)]
    assert api(teacher("DE")).ask(document, id=gid(project)) == {
        "project": {
            "labels": [
                {"country": {"code": "FR"}, "person": {"id": gid(people[0])}},
                {"country": {"code": "PL"}, "person": {"id": gid(people[1])}},
            ],
            "europeanLabel": {"reason": "A model for others."},
        }
    }
    counted = "{ labelApplications(first: 5) { totalCount } labelNominations(first: 5) { totalCount } }"

    def counts(person: Person) -> tuple[int, ...]:
        return tuple(page["totalCount"] for page in api(person).ask(counted).values())

    assert counts(people[0]) == (1, 0)
    assert counts(people[1]) == (1, 0)
    assert counts(teacher("FR")) == (0, 0)
    assert counts(officer("FR")) == (1, 1)
    assert counts(officer("PL")) == (1, 0)
    assert counts(central()) == (2, 1)
    assert Api().ask(counted) == {"labelApplications": {"totalCount": 0}, "labelNominations": {"totalCount": 0}}


def test_a_project_without_labels() -> None:
    project = workspace().project
    document = "query($id: ID!) { project(id: $id) { labels { id } europeanLabel { reason } } }"
    assert api(teacher("DE")).ask(document, id=gid(project)) == {"project": {"labels": [], "europeanLabel": None}}


@pytest.mark.parametrize(
    ("language", "label"), [("en", "Results and documentation"), ("fr", "Résultats et documentation")]
)
def test_the_grid_in_the_readers_language(language: str, label: str) -> None:
    document = "{ labelGrid { version threshold europeanAbove criteria { code label maximum parts { code minimum maximum } } } }"
    grid = Api(None, **{"Accept-Language": language}).ask(document)["labelGrid"]
    assert (grid["version"], grid["threshold"], grid["europeanAbove"]) == (1, 13, 20)
    assert grid["criteria"][-1] == {"code": "RESULTS", "label": label, "maximum": 5, "parts": []}
    assert grid["criteria"][0]["parts"] == [
        {"code": "PUPILS_ONLINE", "minimum": 1, "maximum": 3},
        {"code": "JOINT_WORK", "minimum": 0, "maximum": 2},
    ]


@pytest.mark.parametrize("wrong", ["nonsense", "UGVyc29uOjE=", ""])
def test_evidence_that_is_none(wrong: str) -> None:
    project = workspace().project
    given: dict[str, Any] = {"projectId": gid(project), "answers": ANSWERED}
    assert api(founder(project)).refused("applyForLabel", **given, evidenceIds=[wrong]) == ["not_found"]
    assert api(founder(project)).refused("applyForLabel", **given, evidenceIds=[gid(project)]) == ["not_found"]
    assert not Event.objects.filter(kind="label.requested").exists()


def test_a_refused_applicant_reads_the_feedback() -> None:
    sent = refused(assessed(application(), feedback="Thin."))
    document = """query($id: ID!) { node(id: $id) { ... on LabelApplication { state feedback viewerCanWithdraw
      assessments { feedback } } } }"""
    assert api(sent.applicant).ask(document, id=gid(sent))["node"] == {
        "state": "REFUSED",
        "feedback": "Show more.",
        "viewerCanWithdraw": False,
        "assessments": [{"feedback": "Thin."}],
    }
    assert api(founder(sent.project, 1)).ask(document, id=gid(sent)) == {"node": None}
