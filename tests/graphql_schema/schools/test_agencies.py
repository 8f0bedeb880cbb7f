"""Agencies over the API: who to write to, officers, policies, and decisions about accounts."""

import pytest

from backend.agencies.actions import appoint_officer, edit_agency
from backend.agencies.invitations import invitation_token
from backend.agencies.models import Agency
from tests.factories.people import central, officer, teacher
from tests.support.api import Api, gid

pytestmark = pytest.mark.django_db
NEW = {"email": "lou@agence.example", "givenName": "Lou", "familyName": "Petit", "language": "FR"}
OFFICERS = "query($agency: ID) { officers(first: 20, agencyId: $agency) { edges { node { %s } } } }"


def france() -> Agency:
    return Agency.objects.get(country="FR")


def listed(api: Api, fields: str = "name", agency: Agency | None = None) -> list[dict[str, object]]:
    found = api.ask(OFFICERS % fields, agency=gid(agency) if agency else None)["officers"]
    return [edge["node"] for edge in found["edges"]]


def test_everybody_may_know_whom_to_write_to() -> None:
    edit_agency(france(), actor=officer("FR", role="LEAD"), email="agence@fr.example", web_site="https://fr.example")
    query = """{ agencies { name email webSite country { code } targetWorkingDays projectApproval labelAssessors
      viewerCanLead } }"""
    found = Api().ask(query)["agencies"]
    assert (len(found), found[0]["name"], found[0]["country"]) == (47, "Central support service", None)
    assert [agency["country"]["code"] for agency in found[1:4]] == ["AL", "AM", "AT"]
    assert next(agency for agency in found[1:] if agency["country"]["code"] == "FR") == {
        "name": "National support organisation, France", "email": "agence@fr.example",
        "webSite": "https://fr.example", "country": {"code": "FR"}, "targetWorkingDays": 5,
        "projectApproval": "MANUAL", "labelAssessors": 1, "viewerCanLead": False,
    }  # fmt: skip
    leading = Api(officer("PL", role="LEAD")).ask("{ agencies { country { code } viewerCanLead } }")["agencies"]
    assert [agency["country"]["code"] for agency in leading if agency["viewerCanLead"]] == ["PL"]


def test_a_lead_sets_the_policies() -> None:
    boss = Api(officer("FR", role="LEAD"))
    fields = "... on Agency { targetWorkingDays projectApproval labelAssessors }"
    done = boss.do("setPolicy", fields, country="FR", targetWorkingDays=8, projectApproval="AUTOMATIC")
    assert done == {
        "__typename": "Agency", "targetWorkingDays": 8, "projectApproval": "AUTOMATIC", "labelAssessors": 1,
    }  # fmt: skip
    done = boss.do("setLabelPolicy", fields, country="FR", assessors=2)
    assert (done["labelAssessors"], done["targetWorkingDays"]) == (2, 8)
    assert boss.refused("setPolicy", country="PL", targetWorkingDays=8) == ["not_permitted"]


def test_an_appointment_from_the_letter_to_its_end() -> None:
    boss, agency = officer("FR", role="LEAD"), gid(france())
    api = Api(boss)
    fields = "... on Officer { id name email role state viewerCanChange agency { country { code } } }"
    made = api.do("appointOfficer", fields, agencyId=agency, role="VIEWER", **NEW)
    assert made | {"id": ""} == {
        "__typename": "Officer", "id": "", "name": "Lou Petit", "email": "lou@agence.example", "role": "VIEWER",
        "state": "EMAIL_UNCONFIRMED", "viewerCanChange": True, "agency": {"country": {"code": "FR"}},
    }  # fmt: skip
    again = appoint_officer(Agency.objects.get(country="PL"), actor=central(), email="x@a.example", role="LEAD", given_name="A", family_name="B", reason="New.")  # fmt: skip
    token = invitation_token(again.person)
    accepted = Api().do("acceptAppointment", "... on AppointmentAccepted { email }", token=token, password="mer-bleue-et-vent")  # fmt: skip
    assert accepted == {"__typename": "AppointmentAccepted", "email": "x@a.example"}
    signed_in = Api().do("login", "... on SignedIn { viewer { officerRole oversees } }", login="x@a.example", password="mer-bleue-et-vent")  # fmt: skip
    assert signed_in["viewer"] == {"officerRole": None, "oversees": []}  # until there is a second factor
    assert {each["name"] for each in listed(api)} == {str(boss), "Lou Petit"}
    assert api.do("changeOfficer", "... on Officer { role }", officerId=made["id"], role="OFFICER")["role"] == "OFFICER"
    ended = api.do("dismissOfficer", "... on Officer { state viewerCanChange }", officerId=made["id"], reason="Gone")
    assert ended["state"] == "REVOKED"
    assert listed(api) == [{"name": str(boss)}]


def test_who_sees_which_officers() -> None:
    boss, colleague = officer("FR", role="LEAD"), officer("FR")
    officer("PL")
    everything = Api(central())
    assert listed(Api(colleague)) == [{"name": str(colleague)}]
    assert listed(Api(teacher("FR"))) == listed(Api()) == []
    assert listed(everything, agency=france()) == [{"name": str(boss)}, {"name": str(colleague)}]
    assert len(listed(everything)) == 4
    assert Api(colleague).refused("dismissOfficer", officerId=gid(boss.officer), reason="Why") == ["not_found"]


def test_closing_restoring_and_naming() -> None:
    person = teacher("FR")
    api, key = Api(officer("FR")), gid(person)
    fields = "... on Person { state stateReason viewerCanRevoke viewerCanRestore isAmbassador }"
    named = api.do("nameAmbassador", fields, personId=key, isAmbassador=True)
    assert (named["isAmbassador"], named["viewerCanRevoke"], named["viewerCanRestore"]) == (True, True, False)
    closed = api.do("revokeTeacher", fields, teacherId=key, reason="Left")
    assert (closed["state"], closed["stateReason"]) == ("REVOKED", "Left")
    assert (closed["viewerCanRevoke"], closed["viewerCanRestore"]) == (False, True)
    assert api.do("restoreTeacher", fields, teacherId=key, reason="Back")["state"] == "VALIDATED"
    history = "query($id: ID!) { node(id: $id) { ... on Person { history(first: 9) { edges { node { kind } } } } } }"
    kinds = [edge["node"]["kind"] for edge in api.ask(history, id=key)["node"]["history"]["edges"]]
    assert kinds == ["person.restored", "person.revoked", "person.ambassador_named"]
    for reader in (person, officer("PL"), teacher("FR")):
        seen = Api(reader).ask(history, id=key)["node"]
        assert seen is None or seen["history"]["edges"] == []
