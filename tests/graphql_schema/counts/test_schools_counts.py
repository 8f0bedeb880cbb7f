"""Lists of schools, memberships, agencies, officers and histories cost the same at one row and at ten."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.agencies.actions import edit_school, name_ambassador
from backend.labels.models import LabelPolicy
from backend.schools.actions import join_school
from tests.factories.people import SchoolFactory, officer, teacher
from tests.graphql_schema.counts.test_moderation_counts import test_one_row_or_ten as one_row_or_ten
from tests.graphql_schema.counts.test_query_counts import Case
from tests.support.api import Api, gid

pytestmark = pytest.mark.django_db
SCHOOL = """name displayName state stateReason principalName country { label } mergedInto { name } viewerCanJoin
  viewerCanEdit viewerCanEditOfficialDetails viewerCanDecide viewerCanMerge viewerCanClose viewerCanReopen"""
EVENT = "kind at actorName sentence"


def schools(of: str) -> Case:
    viewer = {"officer": officer("FR"), "teacher": teacher("FR", school=SchoolFactory(country_id="PL"))}[of]
    document = f"""{{ schools(first: 50, country: FR) {{ totalCount edges {{ node {{ {SCHOOL} }} }} }} }}"""
    return viewer, document, {}, lambda n: SchoolFactory()


def memberships() -> Case:
    document = f"""{{ viewer {{ schools {{ state isMain viewerCanLeave viewerCanChoose school {{ {SCHOOL} }} }} }} }}"""
    person = teacher("FR")
    return person, document, {}, lambda n: join_school(SchoolFactory(), actor=person)


def officers() -> Case:
    document = """{ officers(first: 50) { totalCount edges { node { name email role state viewerCanChange createdAt
      agency { name country { label } } } } } }"""
    return officer("FR", role="LEAD"), document, {}, lambda n: officer("FR")


def history_of_a_school() -> Case:
    document = (
        f"query($id: ID!) {{ school(by: {{id: $id}}) {{ history(first: 50) {{ edges {{ node {{ {EVENT} }} }} }} }} }}"
    )
    school, desk = SchoolFactory(), officer("FR")
    return desk, document, {"id": gid(school)}, lambda n: edit_school(school, actor=officer("FR"), pupil_count=n)


def history_of_a_person() -> Case:
    document = f"""query($id: ID!) {{ node(id: $id) {{ ... on Person {{ history(first: 50) {{ totalCount
      edges {{ node {{ {EVENT} }} }} }} }} }} }}"""
    person, desk = teacher("FR"), officer("FR")
    more = lambda n: name_ambassador(person, actor=officer("FR"), is_ambassador=n % 2 == 0)  # noqa: E731
    return desk, document, {"id": gid(person)}, more


CASES: dict[str, Callable[[], Case]] = {
    "schools of an officer": lambda: schools("officer"),
    "schools of a teacher": lambda: schools("teacher"),
    "memberships": memberships,
    "officers": officers,
    "history of a school": history_of_a_school,
    "history of a person": history_of_a_person,
}


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_schools_one_row_or_ten(case: Callable[[], Case]) -> None:
    one_row_or_ten(case)


def test_all_agencies_at_once() -> None:
    """47 of them, with or without label policies, for one query each of agencies and their countries."""
    api = Api(officer("FR", role="LEAD"))
    document = (
        """{ agencies { name country { label } targetWorkingDays projectApproval labelAssessors viewerCanLead } }"""
    )
    api.ask(document)
    counts = []
    for country in ("FR", "PL"):
        LabelPolicy.objects.create(country_id=country, assessors=2)
        with CaptureQueriesContext(connection) as captured:
            found = api.ask(document)["agencies"]
        counts.append(len(captured))
    assert [agency["labelAssessors"] for agency in found].count(2) == 2
    assert counts == [counts[0]] * 2
    assert counts[0] <= 5, [query["sql"][:120] for query in captured.captured_queries]
