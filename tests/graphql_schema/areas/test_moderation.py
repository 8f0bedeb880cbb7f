"""Keeping people safe, and help, as clients type it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from backend.accounts.models import Person
from backend.core import clock
from backend.eventlog.models import Event
from backend.moderation.letters import appeal_token
from backend.moderation.models import Report, ReportReading, Sanction
from backend.workspaces.actions.updates import post_update
from backend.workspaces.uploads.links import file_address
from tests.factories.moderation import in_a_week, photo, report
from tests.factories.people import PASSWORD, officer, teacher
from tests.factories.projects import pupil, workspace
from tests.support.api import Api, body_of, gid

pytestmark = pytest.mark.django_db
OPENED = """... on OpenedReport { note reporterName authorName authorId content contentWhenReported contentUrl
  readings { readerName reason } report { state viewerCanDecide } }"""


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


def signed_in(person: Person) -> Api:
    return Api(Person.objects.get(pk=person.pk))


def status(person: Person, address: str) -> int:
    answer = signed_in(person).client.get(address)
    if answer.streaming:
        body_of(answer)
    return int(answer.status_code)


def test_a_pupil_reports_and_an_officer_decides() -> None:
    room = workspace()
    founder, other = (m.person for m in room.project.founders)
    child, by = pupil(room, actor=founder), officer("PL")
    update = post_update(room, actor=other, text="You are all stupid")
    values = {"subjectId": gid(update), "category": "BULLYING", "note": "He means Ola"}
    made = signed_in(child).do(
        "reportContent", "... on Report { id state subjectKind isSevere viewerCanOpen }", **values
    )
    key = made.pop("id")
    assert made == {
        "__typename": "Report", "state": "OPEN", "subjectKind": "UPDATE", "isSevere": True, "viewerCanOpen": False,
    }  # fmt: skip
    desk = signed_in(by)
    listed = "{ reports(first: 5, state: OPEN) { edges { node { id category viewerCanOpen viewerCanDecide } } } }"
    assert desk.ask(listed)["reports"]["edges"] == [
        {"node": {"id": key, "category": "BULLYING", "viewerCanOpen": True, "viewerCanDecide": True}}
    ]
    opened = desk.do("openReport", OPENED, reportId=key, reason="To decide")
    assert opened == {
        "__typename": "OpenedReport", "note": "He means Ola", "reporterName": str(child), "authorName": str(other),
        "authorId": gid(other), "content": "You are all stupid", "contentUrl": None,
        "contentWhenReported": "You are all stupid",
        "readings": [{"readerName": str(by), "reason": "To decide"}],
        "report": {"state": "OPEN", "viewerCanDecide": True},
    }  # fmt: skip
    decided = desk.do(
        "decideReport", "... on Report { state outcome }", reportId=key, outcome="CONTENT_REMOVED", reason="Bullying"
    )
    assert decided == {"__typename": "Report", "state": "DECIDED", "outcome": "CONTENT_REMOVED"}
    mine = signed_in(other)
    document = (
        "{ sanctions(first: 5) { edges { node { id outcome reason viewerCanAppeal report { id } appeal { id } } } } }"
    )
    (edge,) = mine.ask(document)["sanctions"]["edges"]
    sanction = edge["node"].pop("id")
    assert edge["node"] == {
        "outcome": "CONTENT_REMOVED", "reason": "Bullying", "viewerCanAppeal": True, "report": None, "appeal": None,
    }  # fmt: skip
    appeal = mine.do("appealDecision", "... on Appeal { id state viewerCanDecide }", decisionId=sanction, text="A joke")
    assert (appeal["state"], appeal["viewerCanDecide"]) == ("OPEN", False)
    waiting = (
        "{ appeals(first: 5, state: OPEN) { edges { node { id text viewerCanDecide sanction { personName } } } } }"
    )
    asked = [signed_in(p).ask(waiting)["appeals"]["edges"][0]["node"]["viewerCanDecide"] for p in (by, officer("PL"))]
    assert asked == [False, True]
    fields = "... on Appeal { state sanction { endedAt viewerCanAppeal report { outcome } } }"
    values = {"appealId": appeal["id"], "upheld": True, "reason": "No joke"}
    assert signed_in(officer("PL")).do("decideAppeal", fields, **values) == {
        "__typename": "Appeal",
        "state": "UPHELD",
        "sanction": {"endedAt": None, "viewerCanAppeal": False, "report": {"outcome": "CONTENT_REMOVED"}},
    }


def test_what_is_no_subject_is_not_found() -> None:
    room = workspace()
    api = signed_in(room.project.founders[0].person)
    for key in (gid(room), "nonsense", "", "UGVyc29uOjE=", "UmVwb3J0OjE=", "é"):
        assert api.refused("reportContent", subjectId=key, category="SPAM") == ["not_found"]


def test_a_hidden_photo_is_read_by_who_opened_the_report_only() -> None:
    room = workspace()
    founder, other = (m.person for m in room.project.founders)
    file = photo(room, actor=other)
    assert status(founder, file_address(file.pk, founder)) == 200
    made = report(file, actor=founder)
    assert {status(p, file_address(file.pk, p)) for p in (founder, other)} == {404}
    by = officer("PL")
    desk = signed_in(by)
    url = desk.do("openReport", OPENED, reportId=gid(made), reason="To decide")["contentUrl"]
    answer = desk.client.get(url)
    assert body_of(answer)[:4] == b"\x89PNG", "photos are kept re-encoded"
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    for person in (founder, other, officer("PL")):
        assert status(person, url) == 404
    assert Api().client.get(url).status_code == 404
    assert desk.client.get(f"/files/{file.pk}?report=forged").status_code == 404
    elsewhere = photo(room, actor=other)
    assert desk.client.get(url.replace(str(file.pk), str(elsewhere.pk))).status_code == 404
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        assert desk.client.get(url).status_code == 404


def test_opening_twice_with_one_key_reads_once() -> None:
    made = report(teacher("FR"), actor=teacher("PL"))
    desk = signed_in(officer("FR"))
    values = {"reportId": gid(made), "reason": "To decide", "clientMutationKey": "k"}
    assert desk.do("openReport", "", **values)["__typename"] == "OpenedReport"
    assert desk.refused("openReport", **values) == ["already_done"]
    assert ReportReading.objects.count() == 1


def test_a_suspended_pupil_cannot_sign_in_until_lifted() -> None:
    room = workspace()
    founder, other = (m.person for m in room.project.founders)
    child = pupil(room, actor=founder)
    api, desk = signed_in(child), signed_in(officer("FR"))
    made = report(child, actor=other)
    values = {"outcome": "SUSPENSION", "reason": "No", "until": in_a_week().isoformat()}
    assert desk.do("decideReport", "", reportId=gid(made), **values)["__typename"] == "Report"
    assert api.ask("{ viewer { login } }") == {"viewer": None}
    lifted = desk.do("liftSuspension", "... on Sanction { endReason personName }", personId=gid(child), reason="Talked")
    assert lifted == {"__typename": "Sanction", "endReason": "Talked", "personName": str(child)}
    assert signed_in(child).ask("{ viewer { state } }") == {"viewer": {"state": "VALIDATED"}}


def test_a_ban_and_an_appeal_by_the_link() -> None:
    person = teacher("FR")
    made = report(person, actor=teacher("PL"))
    first, second = signed_in(officer("FR")), signed_in(officer("FR"))
    fields = "... on Report { state outcome isBanProposed viewerCanConfirmBan }"
    proposed = first.do("decideReport", fields, reportId=gid(made), outcome="BAN", reason="Never")
    assert proposed == {
        "__typename": "Report", "state": "OPEN", "outcome": None, "isBanProposed": True, "viewerCanConfirmBan": False,
    }  # fmt: skip
    assert first.refused("confirmBan", reportId=gid(made), reason="Me too") == ["second_officer_needed"]
    assert second.do("confirmBan", fields, reportId=gid(made), reason="Agreed")["outcome"] == "BAN"
    assert Api().refused("login", login=person.login, password=PASSWORD) == ["sign_in_failed"]
    token = appeal_token(Sanction.objects.get())
    values = {"token": token, "text": "Not me", "clientMutationKey": "k"}
    for _ in range(2):
        received = Api().do("appealByLink", "... on AppealReceived { received }", **values)
        assert received == {"__typename": "AppealReceived", "received": True}
    assert Api().refused("appealByLink", token=token, text="Again") == ["appealed_already"]
    assert Api().refused("appealByLink", token="forged", text="Again") == ["link_invalid"]


def test_an_officer_looks_inside_and_the_teachers_read_why() -> None:
    room = workspace()
    founder = room.project.founders[0].person
    post_update(room, actor=founder, text="News")
    by = officer("FR")
    seen = signed_in(by).do(
        "lookInside", "... on SeenInside { look { reason } things { kind authorName title text isRemoved } }",
        projectId=gid(room.project), reason="A parent called",
    )  # fmt: skip
    assert seen["look"] == {"reason": "A parent called"}
    assert seen["things"] == [
        {"kind": "Update", "authorName": str(founder), "title": "", "text": "News", "isRemoved": False}
    ]
    document = """query($id: ID!) { looksInside(workspaceId: $id, first: 5) { edges { node { reason officerName } } }
      workspaceEvents(workspaceId: $id) { events { kind sentence subject { __typename } } } }"""
    told = signed_in(founder).ask(document, id=gid(room))
    assert told["looksInside"]["edges"] == [{"node": {"reason": "A parent called", "officerName": str(by)}}]
    assert told["workspaceEvents"]["events"][-1] == {
        "kind": "workspace.looked_inside",
        "sentence": f"{by} looked inside this workspace for the agency; its teachers can read why.",
        "subject": {"__typename": "Workspace"},
    }
    child = signed_in(pupil(room, actor=founder))
    assert child.ask(document, id=gid(room))["looksInside"]["edges"] == []


def test_help_goes_back_and_forth() -> None:
    asker, by = teacher("FR"), officer("FR")
    school, desk = signed_in(asker), signed_in(by)
    fields = """... on HelpRequest { id state viewerCanAnswer viewerCanReply viewerCanClose
      conversation(first: 5) { edges { node { text authorName isFromAgency } } } }"""
    asked = school.do("askForHelp", fields, topic="LABEL", text="How do we get one?")
    key = asked["id"]
    assert asked["state"] == "OPEN"
    assert [asked[f"viewerCan{verb}"] for verb in ("Answer", "Reply", "Close")] == [False, True, True]
    inbox = "{ notifications(first: 5) { edges { node { kind sentence } } } }"
    assert desk.ask(inbox)["notifications"]["edges"] == [
        {"node": {"kind": "help.asked", "sentence": f"{asker} asks for help. A label."}}
    ]
    waiting = "{ helpRequests(first: 5, state: OPEN) { edges { node { topic asker { name } viewerCanAnswer } } } }"
    assert desk.ask(waiting)["helpRequests"]["edges"] == [
        {"node": {"topic": "LABEL", "asker": {"name": str(asker)}, "viewerCanAnswer": True}}
    ]
    assert desk.do("answerHelp", fields, requestId=key, text="Apply in June")["state"] == "ANSWERED"
    replied = school.do("replyHelp", fields, requestId=key, text="Thank you")
    assert replied["state"] == "OPEN"
    assert [(e["node"]["text"], e["node"]["isFromAgency"]) for e in replied["conversation"]["edges"]] == [
        ("How do we get one?", False),
        ("Apply in June", True),
        ("Thank you", False),
    ]
    closed = school.do("closeHelp", fields, requestId=key)
    assert (closed["state"], closed["viewerCanClose"]) == ("CLOSED", False)
    assert desk.refused("answerHelp", requestId=key, text="More") == ["help_request_closed"]


def test_the_audit_trail_names_no_reporter() -> None:
    reporter, desk = teacher("PL"), officer("FR")
    report(teacher("FR"), actor=reporter)
    document = """query($by: ID) { auditTrail(first: 50, actorId: $by) { edges { node { kind sentence actorName actor { id } } } } }"""
    told = [edge["node"] for edge in signed_in(desk).ask(document)["auditTrail"]["edges"]]
    assert [(e["actorName"], e["actor"]) for e in told if e["kind"] == "report.made"] == [("", None)]
    assert str(reporter) not in str(told)
    assert signed_in(desk).ask(document, by=gid(reporter))["auditTrail"]["edges"] == []


def test_the_inbox_never_names_the_reporter() -> None:
    room = workspace()
    founder, other = (m.person for m in room.project.founders)
    child = pupil(room, actor=founder, given_name="Quentin")
    report(post_update(room, actor=other, text="Rude"), actor=child, category="HATE")
    inbox = signed_in(founder).ask("{ notifications(first: 1, after: null) { edges { node { kind sentence } } } }")
    sentences = [e["node"]["sentence"] for e in inbox["notifications"]["edges"] if e["node"]["kind"] == "report.made"]
    assert sentences == ["Something was reported. Update in the feed: Hate."]
    assert Event.objects.filter(kind="report.made").count() == Report.objects.count() == 1
