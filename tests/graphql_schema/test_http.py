"""/graphql over HTTP: what it accepts, refuses and never says."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from backend.accounts.models import Person
from backend.accounts.sign_in import issue_token
from backend.eventlog.models import Event
from backend.workspaces.models import File, Workspace
from tests.factories.people import teacher
from tests.factories.projects import pupil, workspace
from tests.support.api import Api, body_of, gid

pytestmark = pytest.mark.django_db
RESPONSE = "application/graphql-response+json"


def code(answer: Any) -> str:
    """The code of the only error."""
    (error,) = answer.json()["errors"]
    assert set(answer.json()) <= {"errors", "extensions"}
    return str(error["extensions"]["code"])


def test_content_types() -> None:
    api = Api()
    plain = api.post("{ nothing }")
    assert (plain.status_code, plain["Content-Type"]) == (200, "application/json; charset=utf-8")
    modern = api.post("{ nothing }", Accept=RESPONSE)
    assert (modern.status_code, modern["Content-Type"]) == (400, f"{RESPONSE}; charset=utf-8")
    assert "data" not in modern.json()
    assert api.post("{ viewer { login } }", Accept=RESPONSE).status_code == 200


@pytest.mark.parametrize("method", ["put", "delete", "patch", "head", "options"])
def test_other_methods_are_refused(method: str) -> None:
    answer = getattr(Client(), method)("/graphql?query={viewer{login}}")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, POST")


@pytest.mark.parametrize(
    "body", [b"{", b"1", b'"x"', b"null", b"[]", b"{}", b'{"query": 1}', b"\xff\xfe", b'{"a":' * 5000,
             b'[{"query": "{ viewer { login } }"}]', b'{"query": "{ viewer { login } }", "variables": 3}', b" ",
             b'{"query": "{ __typename }", "extensions": []}', b'{"query": "{ __typename }", "operationName": 1}',
             b'{"query": "{ viewer { login } }", "variables": {"a": NaN}}', b'{"query": "{ \\ud800 }"}', b"[" * 100_000,
             b'{"query": "{ __typename }", "variables": {"a": ' + b"9" * 5000 + b"}}"],
)  # fmt: skip
def test_malformed_bodies_are_the_clients_fault(body: bytes) -> None:
    answer = Client().post("/graphql", body, content_type="application/json", headers={"Accept": RESPONSE})
    assert answer.status_code == 400, answer.content
    assert answer.json()["errors"]


def test_a_cookie_speaks_for_our_own_pages_only() -> None:
    api = Api(teacher())
    document = "{ viewer { login } }"
    assert api.post(document, Origin="http://evil.example").status_code == 403
    assert api.post(document, Origin="http://testserver").status_code == 200
    form = {"operations": json.dumps({"query": document}), "map": "{}"}
    assert api.client.post("/graphql", form).status_code == 403
    assert api.client.post("/graphql", form, headers={"GraphQL-Require-Preflight": "1"}).status_code == 200


def test_a_token_needs_no_more_and_a_wrong_one_is_refused() -> None:
    person = teacher()
    bearer = Api(Authorization=f"Bearer {issue_token(person)}")
    assert bearer.post("{ viewer { login } }", Origin="http://evil.example").json()["data"]["viewer"]
    wrong = Api(Authorization="Bearer wrong").post("{ viewer { login } }")
    assert (wrong.status_code, wrong["WWW-Authenticate"]) == (401, "Bearer")
    assert code(wrong) == "TOKEN_INVALID"
    # Only a bearer token makes the cookie silent: any other scheme is as if there were none.
    assert (
        Api(person, Authorization="Basic eA==").post("{ viewer { login } }", Origin="http://evil.example").status_code
        == 403
    )


def test_answers_come_in_the_readers_language() -> None:
    api = Api()
    names = api.post("{ countries { code label } }", **{"Accept-Language": "fr"}).json()["data"]["countries"]
    assert {"code": "PL", "label": "Pologne"} in names
    person = teacher(language="fr")
    refusal = Api(person).do("requestContact", "", personId=gid(person))["messages"][0]
    assert refusal["message"] == "C’est votre propre compte."


def test_what_breaks_inside_tells_nothing(caplog: pytest.LogCaptureFixture) -> None:
    room = workspace()
    Event.objects.filter(subject_id=room.pk).update(kind="workspace.of_tomorrow")  # written by a later version
    document = "query($id: ID!) { workspaceEvents(workspaceId: $id) { events { sentence } } }"
    (error,) = Api(room.project.founders[0].person).post(document, {"id": gid(room)}).json()["errors"]
    assert (error["message"], error["extensions"]["code"]) == ("Something went wrong on our side.", "UNEXPECTED")
    assert error["extensions"]["id"] in caplog.text


class Upload:
    def __init__(self, room: Workspace, person: Person) -> None:
        self.room, self.api = room, Api(person)

    def __call__(self, name: str, content: bytes, files: Any = None, **headers: str) -> Any:
        document = """mutation($input: UploadFileInput!) { uploadFile(input: $input) {
          ... on File { url kind mediaType size } ... on OperationInfo { messages { code field } } } }"""
        operations = {
            "query": document,
            "variables": {"input": {"workspaceId": gid(self.room), "file": None, "licence": "OWN"}},
        }
        form = {
            "operations": json.dumps(operations),
            "map": json.dumps({"0": ["variables.input.file"]} if files is None else files),
            "0": SimpleUploadedFile(name, content),
        }
        return self.api.client.post("/graphql", form, headers={"GraphQL-Require-Preflight": "1", **headers})


@pytest.fixture
def room(settings: Any, tmp_path: Path) -> Workspace:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    return workspace()


def test_a_file_goes_in_and_is_read_back_by_members_only(room: Workspace) -> None:
    founder = room.project.founders[0].person
    given = Upload(room, founder)("plan.txt", b"The plan").json()["data"]["uploadFile"]
    assert (given["kind"], given["mediaType"], given["size"]) == ("DOCUMENT", "text/plain", 8)
    child = pupil(room, actor=founder)
    (file,) = File.objects.all()
    for reader in (founder, child):
        own = Api(reader).ask("query($id: ID!) { node(id: $id) { ... on File { url } } }", id=gid(file))["node"]
        answer = Api(reader).client.get(own["url"])
        assert body_of(answer) == b"The plan"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["Content-Disposition"] == 'attachment; filename="plan.txt"'
    assert Api(teacher()).client.get(given["url"]).status_code == 404
    assert Api().client.get(f"/files/{file.pk}").status_code == 404


def test_nobody_adds_a_material_without_saying_that_they_may(room: Workspace) -> None:
    document = "mutation($input: AddMaterialInput!) { addMaterial(input: $input) { __typename } }"
    link = {"link": {"address": "https://example.org", "name": "A map"}}
    given = {"workspaceId": gid(room), "content": link}
    (error,) = Api(room.project.founders[0].person).post(document, {"input": given}).json()["errors"]
    assert "to include required field 'licence'" in error["message"]
    assert not File.objects.exists()


def test_refused_uploads_say_why(room: Workspace) -> None:
    upload = Upload(room, room.project.founders[0].person)
    assert upload("page.html", b"<script>").json()["data"]["uploadFile"]["messages"] == [
        {"code": "file_kind_refused", "field": "file"}
    ]
    for wrong in (
        {"1": ["variables.input.file"]},
        [],
        "x",
        {"0": "variables.input.file"},
    ):
        assert upload("a.txt", b"a", files=wrong).status_code == 400, wrong
