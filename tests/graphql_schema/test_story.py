"""The main path through the API, as its clients type it."""

from typing import Any

import pytest

from backend.accounts.models import Person
from backend.accounts.registration import confirmation_token
from backend.workspaces.models import Workspace
from tests.factories.people import PASSWORD, SchoolFactory, officer, teacher
from tests.factories.projects import TEXT, contacts
from tests.support.api import Api, gid

pytestmark = pytest.mark.django_db


def test_a_teacher_registers_and_is_validated() -> None:
    SchoolFactory(country_id="PT", name="Escola do Mar", town="Faro")
    visitor = Api()
    form = {
        "email": "ana@escola.example", "password": "mar-azul-e-vento", "givenName": "Ana", "familyName": "Silva",
        "country": "PT", "consents": True,
    }  # fmt: skip
    assert visitor.do("registerTeacher", "... on Registration { email }", **form)["email"] == "ana@escola.example"
    ana = Person.objects.get(login="ana@escola.example")
    visitor.do("confirmEmail", "", token=confirmation_token(ana))

    signed_in = visitor.do(
        "login", "... on SignedIn { viewer { login state person { name } } token }", login="ana@escola.example",
        password="mar-azul-e-vento",
    )  # fmt: skip
    assert signed_in["viewer"] == {"login": "ana@escola.example", "state": "PENDING", "person": {"name": "Ana Silva"}}
    assert signed_in["token"] is None
    found = visitor.ask('{ schools(words: "mar", country: PT, first: 5) { totalCount edges { node { id town } } } }')
    assert found["schools"]["totalCount"] == 1
    school_id = found["schools"]["edges"][0]["node"]["id"]
    assert visitor.do("joinSchool", "... on SchoolMembership { state school { name } }", schoolId=school_id) == {
        "__typename": "SchoolMembership",
        "state": "PENDING",
        "school": {"name": "Escola do Mar"},
    }
    assert visitor.post("{ teachers(first: 5) { edges { node { name } } } }").json()["data"]["teachers"]["edges"] == []

    desk = Api(officer("PT"))
    waiting = desk.ask(
        "{ desk { people { waiting } waitingPeople(first: 5) { edges { node { id name viewerCanValidate } } } } }"
    )
    (edge,) = waiting["desk"]["waitingPeople"]["edges"]
    assert edge["node"] == {"id": gid(ana), "name": "Ana Silva", "viewerCanValidate": True}
    assert Api(officer("ES")).refused("validateTeachers", teacherIds=[gid(ana)]) == ["not_found"]
    validated = desk.do("validateTeachers", "... on ValidatedTeachers { teachers { state } }", teacherIds=[gid(ana)])
    assert validated["teachers"] == [{"state": "VALIDATED"}]
    assert visitor.ask("{ viewer { state } notifications(first: 5) { edges { node { kind sentence } } } }") == {
        "viewer": {"state": "VALIDATED"},
        "notifications": {
            "edges": [{"node": {"kind": "person.validated", "sentence": f"{desk_name(desk)} validated Ana Silva."}}]
        },
    }


def desk_name(desk: Api) -> str:
    return str(desk.ask("{ viewer { person { name } } }")["viewer"]["person"]["name"])


def text() -> dict[str, Any]:
    return {
        "title": "Rivers", "summary": TEXT["summary"], "aims": TEXT["aims"], "languages": [code.upper() for code in TEXT["languages"]],
        "subjects": TEXT["subjects"], "agesFrom": 11, "agesTo": 14,
    }  # fmt: skip


def test_two_teachers_found_a_project_and_work_in_it() -> None:
    one, other = teacher("FR", given_name="Lea"), teacher("PL", given_name="Jan")
    lea, jan = Api(one), Api(other)
    found = lea.ask(
        "query($f: TeacherFilter) { teachers(filter: $f, first: 5) { edges { node { id givenName matchReasons school "
        "{ town country { label } } } } } }",
        f={"countries": ["PL"]},
    )
    (edge,) = found["teachers"]["edges"]
    assert edge["node"]["givenName"] == "Jan"
    assert edge["node"]["matchReasons"] == ["BOTH_AVAILABLE"]
    assert edge["node"]["school"]["country"] == {"label": "Poland"}
    request = lea.do("requestContact", "... on ContactRequest { id viewerCanAnswer }", personId=gid(other), note="Hi")
    assert request["viewerCanAnswer"] is False
    answered = jan.do("answerContact", "... on ContactRequest { state }", requestId=request["id"], accepts=True)
    assert answered["state"] == "ACCEPTED"

    draft = lea.do("draftProject", "... on Project { id version viewerCanEdit }", partnerId=gid(other), text=text())
    assert (draft["version"], draft["viewerCanEdit"]) == (1, True)
    project = draft["id"]
    edited = jan.do(
        "editProject", "... on Project { version aims }", projectId=project, expectedVersion=1, text={"aims": "Ours"}
    )
    assert edited == {"__typename": "Project", "version": 2, "aims": "Ours"}
    conflict = lea.do(
        "editProject", "... on TextConflict { code version stored typed }", projectId=project, expectedVersion=1,
        text={"aims": "Mine"},
    )  # fmt: skip
    assert (conflict["code"], conflict["stored"]["aims"], conflict["typed"]) == (
        "text_changed_meanwhile",
        "Ours",
        {"aims": "Mine"},
    )
    lea.do("submitProject", "", projectId=project)
    accepted = jan.do(
        "acceptProject", "... on Project { state decisions { country { code } outcome } }", projectId=project
    )
    assert accepted["decisions"] == [
        {"country": {"code": "FR"}, "outcome": "PENDING"},
        {"country": {"code": "PL"}, "outcome": "PENDING"},
    ]
    assert Api(officer("DE")).ask("query($id: ID!) { project(id: $id) { title } }", id=project) == {"project": None}
    for side in ("FR", "PL"):
        approved = Api(officer(side)).do("approveProject", "... on Project { state }", projectId=project, side=side)
    assert approved["state"] == "OPEN"

    room = lea.ask("query($id: ID!) { project(id: $id) { workspace { id viewerRole cursor } } }", id=project)
    workspace = room["project"]["workspace"]["id"]
    assert room["project"]["workspace"]["viewerRole"] == "ADMINISTRATOR"
    cards = lea.do(
        "addPupils", "... on PupilCards { cards { userName password } }", workspaceId=workspace, givenNames=["Lina"]
    )["cards"]
    pupil = Api()
    signed_in = pupil.do(
        "pupilLogin", "... on SignedIn { token viewer { person { kind } } }", userName=cards[0]["userName"],
        words=cards[0]["password"], wantToken=True,
    )  # fmt: skip
    assert signed_in["viewer"] == {"person": {"kind": "PUPIL"}}
    lina = Api(Authorization=f"Bearer {signed_in['token']}")
    discussion = lea.do("openDiscussion", "... on Discussion { id }", workspaceId=workspace, title="Rivers")["id"]
    thread = lea.do("startThread", "... on Thread { id }", discussionId=discussion, title="Hello", text="Who?")["id"]
    post = lina.do("addPost", "... on Post { id text viewerCanEdit author { name } }", threadId=thread, text="Lina")
    assert (post["text"], post["viewerCanEdit"], post["author"]) == ("Lina", True, {"name": "Lina"})
    assert lina.refused("startThread", discussionId=discussion, title="Mine", text="Mine") == ["not_permitted"]
    assert Api(teacher("FR")).refused("addPost", threadId=thread, text="Let me in") == ["not_found"]
    removed = jan.do("removePost", "... on Post { isRemoved text }", postId=post["id"])
    assert removed == {"__typename": "Post", "isRemoved": True, "text": None}
    jan.do("postUpdate", "", workspaceId=workspace, text="We met.")

    events = lea.ask(
        "query($id: ID!, $after: String) { workspaceEvents(workspaceId: $id, after: $after) { resync { reason } events "
        "{ seq kind actor { name } subject { __typename ... on Post { text isRemoved } ... on Update { text } } } } }",
        id=workspace, after=room["project"]["workspace"]["cursor"],
    )["workspaceEvents"]["events"]  # fmt: skip
    assert [(e["seq"], e["kind"]) for e in events] == [
        (2, "workspace.pupil_added"),
        (3, "workspace.discussion_opened"),
        (4, "workspace.thread_started"),
        (5, "workspace.post_added"),
        (6, "workspace.post_removed"),
        (7, "workspace.update_posted"),
    ]
    assert events[3]["subject"] == {"__typename": "Post", "text": None, "isRemoved": True}
    assert events[5]["subject"] == {"__typename": "Update", "text": "We met."}
    assert Workspace.objects.count() == 1


def test_a_key_makes_a_mutation_safe_to_repeat() -> None:
    one, other = teacher("FR"), teacher("PL")
    contacts(one, other)
    lea = Api(one)
    given = {"partnerId": gid(other), "text": text(), "clientMutationKey": "k1"}
    first = lea.do("draftProject", "... on Project { id }", **given)
    assert lea.do("draftProject", "... on Project { id }", **given) == first
    assert lea.ask("{ projects(mine: true, first: 10) { totalCount } }")["projects"]["totalCount"] == 1
    assert lea.refused("draftProject", **{**given, "text": {**text(), "title": "Other"}}) == ["key_reused"]


def test_signing_in_and_out() -> None:
    person = teacher("FR", login="lea@ecole.example")
    api = Api()
    assert api.refused("login", login="lea@ecole.example", password="wrong") == ["sign_in_failed"]
    assert api.refused("pupilLogin", userName="lea@ecole.example", words=PASSWORD) == ["sign_in_failed"]
    api.do("login", "", login="lea@ecole.example", password=PASSWORD)
    assert api.ask("{ viewer { person { id } } }")["viewer"]["person"]["id"] == gid(person)
    api.ask("mutation { logout { __typename } }")
    assert api.ask("{ viewer { login } }") == {"viewer": None}
    token = api.do("login", "... on SignedIn { token }", login=person.login, password=PASSWORD, wantToken=True)["token"]
    bearer = Api(Authorization=f"Bearer {token}")
    assert bearer.ask("{ viewer { login } }") == {"viewer": {"login": "lea@ecole.example"}}
    bearer.ask("mutation { logout { __typename } }")
    assert bearer.post("{ viewer { login } }").status_code == 401
