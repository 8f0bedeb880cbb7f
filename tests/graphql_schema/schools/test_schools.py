"""Schools over the API: searching, merging, moving, histories, and what only officers read."""

import pytest

from backend.agencies.actions import merge_schools
from backend.schools.actions import join_school, register_school
from backend.schools.models import MembershipState, SchoolState
from tests.factories.people import SchoolFactory, newcomer, officer, teacher
from tests.support.api import Api, gid

pytestmark = pytest.mark.django_db
SCHOOL = "query($id: ID!) { school(by: {id: $id}) { %s } }"


def names(api: Api, **given: str) -> set[str]:
    document = """query($words: String!, $country: CountryCode, $region: String!, $type: SchoolType, $state: SchoolState) {
      schools(first: 20, words: $words, country: $country, region: $region, type: $type, state: $state) {
        edges { node { name } } } }"""
    found = api.ask(document, **{"words": "", "region": "", **given})
    return {edge["node"]["name"] for edge in found["schools"]["edges"]}


def test_schools_are_filtered() -> None:
    SchoolFactory(name="Lycée Hugo", region="Rhône", type="UPPER_SECONDARY")
    SchoolFactory(name="École Hugo", region="Nord", type="PRIMARY")
    SchoolFactory(name="Hugo abroad", country_id="BE")
    SchoolFactory(name="Proposed Hugo", state=SchoolState.PROPOSED)
    SchoolFactory(name="Closed Hugo", state=SchoolState.CLOSED)
    SchoolFactory(name="Rejected Hugo", state=SchoolState.REJECTED)
    visitor, desk = Api(), Api(officer("FR"))
    assert names(visitor, words="hugo") == {"Lycée Hugo", "École Hugo", "Hugo abroad"}
    assert names(visitor, words="HUGO", country="FR", region="Nord") == {"École Hugo"}
    assert names(visitor, type="UPPER_SECONDARY") == {"Lycée Hugo"}
    assert names(visitor, state="PROPOSED") == names(visitor, state="REJECTED") == set()
    assert names(visitor, state="CLOSED") == {"Closed Hugo"}
    assert names(desk, country="FR") == {"Lycée Hugo", "École Hugo", "Proposed Hugo"}
    assert names(desk, state="REJECTED") == {"Rejected Hugo"}
    assert names(Api(officer("PL")), state="PROPOSED") == set()


def test_a_merged_school_leads_to_the_record_that_goes_on() -> None:
    school, into = SchoolFactory(name="Twice"), SchoolFactory(name="Once")
    desk = Api(officer("FR"))
    done = desk.do("mergeSchools", "... on School { state mergedInto { name } }", schoolId=gid(school), intoId=gid(into), reason="Twice")  # fmt: skip
    assert done == {"__typename": "School", "state": "MERGED", "mergedInto": {"name": "Once"}}
    found = Api().ask(SCHOOL % "name state mergedInto { id name }", id=gid(school))["school"]
    assert found == {"name": "Twice", "state": "MERGED", "mergedInto": {"id": gid(into), "name": "Once"}}
    assert names(Api()) == {"Once"}
    hidden = SchoolFactory(state=SchoolState.PROPOSED)
    merge_schools(hidden, actor=officer("FR"), into=into, reason="Twice")
    assert Api().ask(SCHOOL % "name", id=gid(hidden))["school"] is None


def test_a_teacher_moves_to_another_school() -> None:
    person = teacher("FR")
    first, further = person.school, SchoolFactory(country_id="FR")
    api = Api(person)
    api.do("joinSchool", "", schoolId=gid(further))
    query = "{ viewer { schools { state isMain viewerCanLeave viewerCanChoose school { id } } } }"
    assert api.ask(query)["viewer"]["schools"] == [
        {"state": "VALIDATED", "isMain": True, "viewerCanLeave": True, "viewerCanChoose": True, "school": {"id": gid(first)}},
        {"state": "PENDING", "isMain": False, "viewerCanLeave": True, "viewerCanChoose": False, "school": {"id": gid(further)}},
    ]  # fmt: skip
    person.school_memberships.update(state=MembershipState.VALIDATED)
    chosen = api.do("chooseSchool", "... on Person { school { id } }", schoolId=gid(further))
    assert chosen["school"] == {"id": gid(further)}
    left = api.do("leaveSchool", "... on SchoolMembership { state viewerCanLeave }", schoolId=gid(first))
    assert left == {"__typename": "SchoolMembership", "state": "LEFT", "viewerCanLeave": False}


def test_possible_duplicates_and_why() -> None:
    known = SchoolFactory(name="Lycée Jean-Moulin", town="Béziers", official_number="034A")
    SchoolFactory(name="Lycée Jean Moulin", town="Béziers", state=SchoolState.PROPOSED)
    ask = """{ possibleDuplicates(of: {proposal: {name: "LYCEE JEAN MOULIN", town: "Beziers",
      officialNumber: "034a"}}) { reasons school { id } } }"""
    newcomers = Api(newcomer("FR"))
    one = {"reasons": ["SAME_NUMBER", "SIMILAR_NAME"], "school": {"id": gid(known)}}
    assert newcomers.ask(ask)["possibleDuplicates"] == [one], "others' proposals are not shown"
    person = newcomer("FR")
    mine = register_school(actor=person, name="Jean Moulin", town="Béziers")
    ask = "query($id: ID!) { possibleDuplicates(of: {schoolId: $id}) { reasons school { name } } }"
    seen = Api(officer("FR")).ask(ask, id=gid(mine))["possibleDuplicates"]
    assert {found["school"]["name"] for found in seen} == {"Lycée Jean-Moulin", "Lycée Jean Moulin"}
    for other in (person, officer("PL")):
        assert Api(other).ask(ask, id=gid(mine)) == {"possibleDuplicates": []}


def test_a_school_is_found_by_its_official_number() -> None:
    document = """query($n: String!) { school(by: {officialNumber: {country: FR, number: $n}}) { id } }"""
    SchoolFactory(official_number="0340001A", state=SchoolState.MERGED, state_before=SchoolState.VALIDATED)
    known = SchoolFactory(official_number="0340001A")
    SchoolFactory(official_number="0340002B", state=SchoolState.PROPOSED)
    assert Api().ask(document, n=" 0340001a ") == {"school": {"id": gid(known)}}
    assert Api().ask(document, n="0340002B") == Api().ask(document, n="") == {"school": None}
    both = '{ school(by: {id: "x", officialNumber: {country: FR, number: "1"}}) { id } }'
    assert "exactly one" in Api().post(both).json()["errors"][0]["message"].lower()


def test_what_only_officers_read() -> None:
    school = SchoolFactory(principal_name="Mme Blanc", principal_email="head@a.example", state_reason="Fine.")
    fields = "principalName principalEmail stateReason"
    for reader in (None, teacher("FR", school=school), officer("PL")):
        found = Api(reader).ask(SCHOOL % fields, id=gid(school))["school"]
        assert found == {"principalName": None, "principalEmail": None, "stateReason": None}
    found = Api(officer("FR")).ask(SCHOOL % fields, id=gid(school))["school"]
    assert found == {"principalName": "Mme Blanc", "principalEmail": "head@a.example", "stateReason": "Fine."}


BUTTONS = "viewerCanEdit viewerCanEditOfficialDetails viewerCanDecide viewerCanMerge viewerCanClose viewerCanReopen"


def test_which_buttons_are_shown() -> None:
    school = SchoolFactory()
    person = teacher("FR", school=school)

    def shown(reader: object, of: object = school) -> set[str]:
        found = Api(reader).ask(SCHOOL % BUTTONS, id=gid(of))["school"]  # type: ignore[arg-type]
        return {name.removeprefix("viewerCan") for name, is_shown in found.items() if is_shown}

    assert shown(None) == shown(teacher("FR")) == shown(officer("PL")) == set()
    assert shown(person) == {"Edit"}
    assert shown(officer("FR")) == {"Edit", "EditOfficialDetails", "Merge", "Close"}
    closed = SchoolFactory(state=SchoolState.CLOSED)
    assert shown(officer("FR"), closed) == {"Edit", "EditOfficialDetails", "Merge", "Reopen"}
    proposer = newcomer("FR")
    proposed = SchoolFactory(state=SchoolState.PROPOSED, proposed_by=proposer)
    assert shown(officer("FR"), proposed) == {"Edit", "EditOfficialDetails", "Merge", "Decide"}
    assert shown(proposer, proposed) == {"Edit", "EditOfficialDetails"}
    assert shown(officer("FR"), SchoolFactory(state=SchoolState.REJECTED)) == set()


def test_editing_keeps_what_is_not_given() -> None:
    person = teacher("FR", school=SchoolFactory(web_site="https://a.example", ages_from=3))
    api, key = Api(person), gid(person.school)
    fields = "... on School { presentation webSite agesFrom pupilCount }"
    given = {"presentation": "Ours", "agesFrom": None, "pupilCount": 9}
    edited = api.do("editSchool", fields, schoolId=key, expectedVersion=1, **given)
    wanted = {"presentation": "Ours", "webSite": "https://a.example", "agesFrom": None, "pupilCount": 9}
    assert edited == {"__typename": "School", **wanted}
    assert api.refused("editSchool", schoolId=key, expectedVersion=2, town="Elsewhere") == ["school_official_details"]


def test_everything_about_a_school_is_given_when_it_is_proposed() -> None:
    given = {
        "name": "Lycée français", "publicName": "Le Lycée", "town": "Tunis", "address": "1 rue du Lac", "postalCode": "1053",
        "region": "Tunis", "otherRegion": "Étranger", "isAbroad": True, "officialNumber": "216001A", "type": "PRIMARY",
        "agesFrom": 6, "agesTo": 11, "pupilCount": 500, "webSite": "https://a.example", "presentation": "By the sea.",
        "latitude": 36.8, "longitude": 10.2,
    }  # fmt: skip
    api, asked = Api(newcomer("FR")), " ".join("displayName" if name == "publicName" else name for name in given)
    made = api.do("registerSchool", f"... on School {{ id {asked} }}", **given, principalName="Mme Blanc")
    shown = {("displayName" if name == "publicName" else name): value for name, value in given.items()}
    assert made == {"__typename": "School", "id": made["id"], **shown}
    edit = {"schoolId": made["id"], "expectedVersion": 1}
    moved = api.do(
        "editSchool", "... on School { latitude otherRegion }", **edit, latitude=None, longitude=None, otherRegion=""
    )
    assert moved == {"__typename": "School", "latitude": None, "otherRegion": ""}
    edit["expectedVersion"] = 2
    assert api.refused("editSchool", **edit, latitude=91.0, longitude=2.0) == ["place_wrong"]
    assert api.refused("editSchool", **edit, latitude=45.0) == ["place_wrong"]


HISTORY = "history(first: 10) { totalCount edges { node { kind actorName sentence } } }"


def test_a_schools_history_with_what_was_merged_into_it() -> None:
    desk = officer("FR", given_name="Lou", family_name="Petit")
    into, person = SchoolFactory(name="Once"), teacher("FR", given_name="Ana", family_name="Silva")
    school = SchoolFactory(name="Twice")
    join_school(school, actor=person)
    merge_schools(school, actor=desk, into=into, reason="Twice")
    found = Api(desk).ask(SCHOOL % HISTORY, id=gid(into))["school"]["history"]
    assert found["totalCount"] == 2
    assert [edge["node"] for edge in found["edges"]] == [
        {
            "kind": "school.merged",
            "actorName": "Lou Petit",
            "sentence": "Lou Petit merged the school Twice into another record of the same school.",
        },
        {"kind": "school.joined", "actorName": "Ana Silva", "sentence": "Ana Silva joined the school Twice."},
    ]
    for reader in (None, person, officer("PL")):
        assert Api(reader).ask(SCHOOL % HISTORY, id=gid(into))["school"]["history"]["edges"] == []


def test_an_event_is_a_node_for_officers_of_its_country() -> None:
    desk, person = officer("FR"), teacher("FR")
    join_school(SchoolFactory(name="New"), actor=person)
    document = "query($id: ID!) { school(by: {id: $id}) { history(first: 1) { edges { node { id } } } } }"
    school = person.school_memberships.latest("pk").school
    key = Api(desk).ask(document, id=gid(school))["school"]["history"]["edges"][0]["node"]["id"]
    node = "query($id: ID!) { node(id: $id) { ... on Event { kind } } }"
    assert Api(desk).ask(node, id=key)["node"] == {"kind": "school.joined"}
    assert [Api(reader).ask(node, id=key)["node"] for reader in (None, person, officer("PL"))] == [None] * 3
