"""Persisted documents: by their digest, by APQ, by GET, and where nothing else is answered."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from backend.accounts.sign_in import issue_token
from graphql_schema import documents
from tests.factories.people import teacher
from tests.support.api import Api

pytestmark = pytest.mark.django_db
RESPONSE = "application/graphql-response+json"
DOCUMENT = "query Countries { countries { code } }"


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    caches["documents"].clear()
    documents._recent.clear()
    yield
    documents._recent.clear()


@pytest.fixture
def trusted(settings: Any, tmp_path: Path) -> Path:
    (tmp_path / "countries.graphql").write_text(DOCUMENT)
    settings.TRUSTED_DOCUMENTS = str(tmp_path)
    return tmp_path


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def automatic(text: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": digest(text)}}


def post(**body: Any) -> Any:
    return Client().post("/graphql", json.dumps(body), content_type="application/json", headers={"Accept": RESPONSE})


def get(client: Client | None = None, headers: dict[str, str] | None = None, **parameters: Any) -> Any:
    given = {name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items()}
    return (client or Client()).get(f"/graphql?{urlencode(given)}", headers={"Accept": RESPONSE, **(headers or {})})


def code(answer: Any) -> str:
    (error,) = answer.json()["errors"]
    return str(error["extensions"]["code"])


def test_apq_as_apollo_plays_it() -> None:
    first = post(extensions=automatic(DOCUMENT))
    assert (first.status_code, first.json()["errors"][0]["message"]) == (400, "PersistedQueryNotFound")
    assert code(first) == "PERSISTED_QUERY_NOT_FOUND"
    assert post(query=DOCUMENT, extensions=automatic(DOCUMENT)).json()["data"]["countries"]
    assert post(extensions=automatic(DOCUMENT)).json()["data"]["countries"]


def test_another_process_finds_it_in_the_store() -> None:
    post(query=DOCUMENT, extensions=automatic(DOCUMENT))
    documents._recent.clear()  # as in a process that has not seen it
    assert post(extensions=automatic(DOCUMENT)).status_code == 200
    assert caches["documents"].get(digest(DOCUMENT)) == DOCUMENT


@pytest.mark.parametrize(
    ("extension", "expected"),
    [
        ({"version": 1, "sha256Hash": "0" * 64}, "PERSISTED_QUERY_HASH_MISMATCH"),
        ({"version": 2, "sha256Hash": "0" * 64}, "PERSISTED_QUERY_NOT_SUPPORTED"),
        ({"version": 1}, "PERSISTED_QUERY_NOT_SUPPORTED"),
        ("x", "PERSISTED_QUERY_NOT_SUPPORTED"),
    ],
)
def test_what_does_not_fit_is_not_kept(extension: Any, expected: str) -> None:
    answer = post(query=DOCUMENT, extensions={"persistedQuery": extension})
    assert (answer.status_code, code(answer)) == (400, expected)
    assert caches["documents"].get("0" * 64) is None
    assert documents._recent == {}


def test_what_is_no_document_is_not_kept() -> None:
    assert code(post(query="{", extensions=automatic("{"))) == "BAD_REQUEST"
    assert caches["documents"].get(digest("{")) is None


def test_document_ids(trusted: Path) -> None:
    assert post(documentId=f"sha256:{digest(DOCUMENT)}").json()["data"]["countries"]
    for unknown in (f"sha256:{'0' * 64}", "sha256:", "nonsense", f"md5:{digest(DOCUMENT)}"):
        answer = post(documentId=unknown)
        assert (answer.status_code, code(answer)) == (400, "PERSISTED_DOCUMENT_NOT_FOUND"), unknown
    assert code(post(documentId=f"sha256:{digest(DOCUMENT)}", query=DOCUMENT)) == "BAD_REQUEST"


def test_manifests_of_build_tools(settings: Any, tmp_path: Path) -> None:
    apollo = {"format": "apollo-persisted-query-manifest", "version": 1}
    operation = {"id": "apollo-id", "name": "Countries", "type": "query", "body": DOCUMENT}
    (tmp_path / "apollo.json").write_text(json.dumps({**apollo, "operations": [operation]}))
    (tmp_path / "relay.json").write_text(json.dumps({"relay-id": "{ __typename }"}))
    settings.TRUSTED_DOCUMENTS = str(tmp_path)
    assert post(documentId="apollo-id").json()["data"]["countries"]
    assert post(documentId="relay-id").json()["data"] == {"__typename": "Query"}
    settings.TRUSTED_DOCUMENTS = str(tmp_path / "relay.json")
    assert post(documentId="relay-id").status_code == 200
    assert post(documentId="apollo-id").status_code == 400
    settings.TRUSTED_DOCUMENTS = str(tmp_path / "nowhere")
    with pytest.raises(ImproperlyConfigured):
        documents.trusted()


def test_nothing_but_trusted_documents(settings: Any, trusted: Path) -> None:
    settings.TRUSTED_DOCUMENTS_ONLY = True
    assert post(query=DOCUMENT).status_code == 200
    assert post(extensions=automatic(DOCUMENT)).status_code == 200
    assert code(post(query="{ __typename }")) == "DOCUMENT_NOT_TRUSTED"
    assert code(post(query="{ __typename }", extensions=automatic("{ __typename }"))) == "PERSISTED_QUERY_NOT_SUPPORTED"
    assert code(post(extensions=automatic("{ __typename }"))) == "PERSISTED_QUERY_NOT_SUPPORTED"
    assert caches["documents"].get(digest("{ __typename }")) is None


def test_by_get_only_what_is_known(trusted: Path, settings: Any) -> None:
    settings.DEBUG = True  # elsewhere visitors do not ask about the schema
    assert get(documentId=f"sha256:{digest(DOCUMENT)}").json()["data"]["countries"]
    assert get(query=DOCUMENT).json()["data"]["countries"]
    assert get(extensions=automatic(DOCUMENT)).json()["data"]["countries"]
    assert (
        get(query="query T($name: String!) { __type(name: $name) { name } }", variables={"name": "x"}).status_code
        == 200
    )
    for other in ("{ countries { label } }", "{ __typename countries { code } }"):
        answer = get(query=other)
        assert (answer.status_code, code(answer), answer["Cache-Control"]) == (
            400,
            "DOCUMENT_NOT_PERSISTED",
            "no-store",
        )


def test_a_mutation_never_comes_by_get(settings: Any, tmp_path: Path) -> None:
    mutation = "mutation { logout { __typename } }"
    (tmp_path / "logout.graphql").write_text(mutation)
    settings.TRUSTED_DOCUMENTS = str(tmp_path)
    for parameters in ({"query": mutation}, {"documentId": f"sha256:{digest(mutation)}"}):
        answer = get(**parameters)
        assert (answer.status_code, answer["Allow"], code(answer)) == (405, "POST", "METHOD_NOT_ALLOWED")


def test_what_may_be_kept(trusted: Path) -> None:
    identifier = f"sha256:{digest(DOCUMENT)}"
    public = get(documentId=identifier)
    assert public["Cache-Control"] == "public, max-age=60"
    assert "Accept-Language" in public["Vary"]
    assert "Authorization" in public["Vary"]
    again = get(documentId=identifier, headers={"If-None-Match": public["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", public["ETag"])
    signed_in = get(documentId=identifier, headers={"Authorization": f"Bearer {issue_token(teacher())}"})
    assert signed_in["Cache-Control"] == "private, no-cache"
    assert Api().post(DOCUMENT)["Cache-Control"] == "no-store"


def test_other_sites_cannot_make_a_cookie_speak_by_get(trusted: Path) -> None:
    api = Api(teacher())
    identifier = f"sha256:{digest(DOCUMENT)}"
    assert get(api.client, documentId=identifier).status_code == 200
    answer = get(api.client, {"Sec-Fetch-Site": "cross-site"}, documentId=identifier)
    assert (answer.status_code, code(answer)) == (403, "ORIGIN_REFUSED")


@pytest.mark.parametrize(
    "parameters", ["", "?variables={", "?query={__typename}&variables=[]", "?query={__typename}&variables={"]
)
def test_malformed_urls(parameters: str) -> None:
    answer = Client().get(f"/graphql{parameters}", headers={"Accept": RESPONSE})
    assert (answer.status_code, code(answer)) == (400, "BAD_REQUEST")
