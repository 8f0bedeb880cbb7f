"""National support by API: who reads what."""

from datetime import date
from typing import Any

import pytest

from backend.accounts.models import Person
from backend.agencies.actions import request_information, validate_teacher
from backend.eventlog.models import Event
from backend.monitoring.actions import publish_statistics
from backend.monitoring.rollups.rebuilding import rebuild_statistics
from backend.monitoring.statistics import Period
from tests.factories.labels import application
from tests.factories.moderation import help_request, report
from tests.factories.people import SchoolFactory, central, newcomer, officer, teacher
from tests.factories.projects import project, pupil, workspace
from tests.support.api import Api, gid

pytestmark = pytest.mark.django_db
QUEUES = ["people", "schools", "projects", "reports", "labels", "help"]
TRAIL = """query($a: ID, $s: ID, $k: [String!], $c: CountryCode) { auditTrail(first: 20, actorId: $a, subjectId: $s, kinds: $k,
  country: $c) { edges { node { sentence kind subjectId actor { name } } } } }"""
FIGURES = """query($c: CountryCode!) { statistics(country: $c, since: "2026-01-01", until: "2026-12-31") {
  counts { name number } tables { name rows { name number } } durations { name number median percentile90 } } }"""


def trail(reader: Person | None, **narrow: Any) -> list[str]:
    found: Any = Api(reader).ask(TRAIL, **narrow)
    return [edge["node"]["sentence"] for edge in found["auditTrail"]["edges"]]


def test_every_queue_on_one_desk() -> None:
    newcomer("FR")
    SchoolFactory(country_id="FR", state="PROPOSED")
    project("PENDING_APPROVAL")
    report(teacher("FR"), actor=teacher("PL"))
    application()
    help_request(actor=teacher("FR"))
    counts = " ".join(f"{name} {{ waiting overdue }}" for name in QUEUES)
    lists = " ".join(f"waiting{name.title()}(first: 5) {{ totalCount }}" for name in QUEUES)
    desk: Any = Api(officer("FR")).ask(f"{{ desk {{ {counts} {lists} }} }}")
    assert {name: desk["desk"][name]["waiting"] for name in QUEUES} == dict.fromkeys(QUEUES, 1)
    assert {name: desk["desk"][f"waiting{name.title()}"]["totalCount"] for name in QUEUES} == dict.fromkeys(QUEUES, 1)
    late = " ".join(f"waiting{name.title()}(first: 5, overdue: true) {{ totalCount }}" for name in QUEUES)
    found: Any = Api(officer("FR")).ask(f"{{ desk {{ {late} }} }}")
    assert set(map(str, found["desk"].values())) == {"{'totalCount': 0}"}
    others: Any = Api(officer("ES")).ask(f"{{ desk {{ {counts} }} }}")
    assert {others["desk"][name]["waiting"] for name in QUEUES} == {0}


def test_the_audit_trail_of_the_own_country() -> None:
    person = newcomer("FR", given_name="Ana", family_name="Silva")
    desk = officer("FR", given_name="Lou", family_name="Petit")
    request_information(person, actor=desk, question="Where?")
    validate_teacher(person, actor=desk)
    validated, asked = "Lou Petit validated Ana Silva.", "Lou Petit asked Ana Silva for information."
    for reader in (desk, officer("FR", role="VIEWER"), central()):
        assert trail(reader) == [validated, asked]
    room = workspace()
    child = pupil(room, actor=room.project.founders[0].person)
    for outsider in (None, teacher("FR"), person, child):
        assert trail(outsider) == []
    assert validated not in trail(officer("PL"))
    assert trail(desk, k=["person.validated"]) == [validated]
    assert trail(desk, s=gid(person)) == trail(desk, a=gid(desk)) == [validated, asked]
    assert trail(desk, a="nonsense") == trail(desk, c="PL", s=gid(person)) == []
    event = Event.objects.get(kind="person.validated")
    document = "query($id: ID!) { node(id: $id) { ... on Event { kind } } }"
    assert Api(desk).ask(document, id=gid(event)) == {"node": {"kind": "person.validated"}}
    assert Api(officer("PL")).ask(document, id=gid(event)) == {"node": None}


def test_numbers_and_rows_of_a_partnership_agree() -> None:
    project("OPEN", founders=(teacher("FR"), teacher("PL")), title="One")
    project("PENDING_APPROVAL", founders=(teacher("PL"), teacher("FR")), title="Two")
    project("OPEN", founders=(teacher("DE"), teacher("PL")), title="Three")
    document = """{ partnerships { country partnerCountry projects }
      partnershipProjects(first: 9, country: FR, partnerCountry: PL) { totalCount edges { node { title } } } }"""
    found: Any = Api(officer("FR")).ask(document)
    assert found["partnerships"] == [{"country": "FR", "partnerCountry": "PL", "projects": 2}]
    assert [edge["node"]["title"] for edge in found["partnershipProjects"]["edges"]] == ["Two", "One"]
    assert found["partnershipProjects"]["totalCount"] == 2
    for reader in (officer("ES"), teacher("FR"), None):
        found = Api(reader).ask(document)
        assert (found["partnerships"], found["partnershipProjects"]["totalCount"]) == ([], 0)
    before = document.replace("{ partnerships", '{ partnerships(until: "2020-01-01")')
    assert Api(officer("FR")).ask(before)["partnerships"] == []  # type: ignore[index]


def test_figures_are_the_agencys_and_published_ones_everybodys() -> None:
    desk = officer("FR")
    for reader in (desk, central()):
        found: Any = Api(reader).ask(FIGURES, c="FR")
        assert {each["name"]: each["number"] for each in found["statistics"]["counts"]}["staff_total"] == 0
    for reader in (officer("PL"), teacher("FR")):
        assert Api(reader).ask(FIGURES, c="FR") == {"statistics": None}
    document = "{ publicStatistics(country: FR) { since counts { name number } tables { name rows { number } } } }"
    assert Api().ask(document) == {"publicStatistics": None}
    rebuild_statistics()
    publish_statistics("FR", actor=desk, period=Period(date(2025, 1, 1), date(2025, 12, 31)))
    shown: Any = Api().ask(document)
    assert shown["publicStatistics"]["since"] == "2025-01-01"
    assert {each["name"]: each["number"] for each in shown["publicStatistics"]["counts"]}["staff_total"] is None


def test_how_projects_are_doing_is_for_agencies() -> None:
    room = workspace()
    document = """{ monitoredProjects(first: 5, condition: NEVER_STARTED) { edges { node { title lastActivity silentPupils } } } }"""
    mine: Any = Api(officer("FR")).ask(document)
    assert mine["monitoredProjects"]["edges"] == [
        {"node": {"title": "Rivers", "lastActivity": None, "silentPupils": 0}}
    ]
    founder = room.project.founders[0].person
    assert Api(founder).ask(document) == {"monitoredProjects": {"edges": []}}
    seen = "query($id: ID!) { project(id: $id) { silentPupils } }"
    assert Api(founder).ask(seen, id=gid(room.project)) == {"project": {"silentPupils": None}}
