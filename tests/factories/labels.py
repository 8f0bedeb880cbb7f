"""Applications for quality labels in any state, made by the real rules."""

from collections.abc import Iterable, Mapping

from backend.accounts.models import Person
from backend.labels.actions.applying import apply_for_label
from backend.labels.actions.assessing import assess_label
from backend.labels.actions.deciding import award_label, refuse_label
from backend.labels.models import LabelApplication, LabelPolicy
from backend.projects.models import Project
from backend.workspaces.models import Inside
from tests.factories.people import officer
from tests.factories.projects import workspace

CRITERIA = ("COLLABORATION", "TECHNOLOGY", "PEDAGOGY", "CURRICULUM", "RESULTS")
ANSWERS = {code: f"What we did about {code.lower()}." for code in CRITERIA}
# 25 of 25, 13 of 25, and one below
FULL = {"PUPILS_ONLINE": 3, "JOINT_WORK": 2, "ICT": 3, "SAFETY": 2, "PEDAGOGY": 5, "CURRICULUM": 5, "RESULTS": 5}
ENOUGH = {"PUPILS_ONLINE": 1, "JOINT_WORK": 0, "ICT": 1, "SAFETY": 1, "PEDAGOGY": 5, "CURRICULUM": 5, "RESULTS": 0}
TOO_FEW = {**ENOUGH, "CURRICULUM": 4}


def founder(project: Project, position: int = 0) -> Person:
    return project.founders[position].person


def application(
    project: Project | None = None, *, applicant: Person | None = None, evidence: Iterable[Inside] = ()
) -> LabelApplication:
    """The first founder (FR unless the project says otherwise) has applied."""
    project = project or workspace().project
    return apply_for_label(project, actor=applicant or founder(project), answers=ANSWERS, evidence=evidence)


def assessed(application: LabelApplication, points: Mapping[str, int] = FULL, feedback: str = "") -> LabelApplication:
    """One officer of the country gave points."""
    actor = officer(application.country_id)
    return assess_label(application, actor=actor, points=points, feedback=feedback)


def awarded(application: LabelApplication, points: Mapping[str, int] = FULL) -> LabelApplication:
    return award_label(assessed(application, points), actor=officer(application.country_id))


def refused(application: LabelApplication) -> LabelApplication:
    return refuse_label(application, actor=officer(application.country_id), feedback="Show more.")


def labelled(points: Mapping[str, int] = FULL, title: str = "Rivers") -> Project:
    """A project with a label in France and one in Poland."""
    project = workspace(title=title).project
    for position in (0, 1):
        awarded(application(project, applicant=founder(project, position)), points)
    return project


def two_assessors(country: str = "FR") -> None:
    LabelPolicy.objects.create(country_id=country, assessors=2)
