"""Documents that ask for too much are refused before anything looks at them."""

import pytest
from graphql import parse

from graphql_schema.errors import CodedError
from graphql_schema.limits.sizes import Walk, measure
from tests.support.api import Api


def code_of(document: str) -> str:
    with pytest.raises(CodedError) as refused:
        measure(parse(document))
    assert refused.value.extensions
    return str(refused.value.extensions["code"])


def nested(depth: int) -> str:
    return "{ node " * depth + "{ id }" + "}" * depth


def doubling(n: int) -> str:
    """2^n fields in n lines."""
    fragments = " ".join(f"fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }}" for i in range(n))
    return f"{{ ...F0 }} {fragments} fragment F{n} on Query {{ viewer {{ login }} }}"


def test_each_limit() -> None:
    measure(parse("{ viewer { login } }"))
    assert code_of(nested(13)) == "TOO_MANY_DEPTH"
    assert code_of("{ " + " ".join(f"a{n}: viewer {{ login }}" for n in range(31)) + " }") == "TOO_MANY_ALIASES"
    assert code_of("{ viewer " + "@skip(if: false) " * 21 + "{ login } }") == "TOO_MANY_DIRECTIVES"
    assert code_of(doubling(30)) == "TOO_MANY_FIELDS"
    six = "mutation { " + " ".join(f"a{n}: logout {{ __typename }}" for n in range(6)) + " }"
    assert code_of(six) == "TOO_MANY_MUTATIONS"
    two = 'mutation { a: login(input: {login: "a", password: "b"}) { __typename } logout { __typename } }'
    assert code_of(two) == "TOO_MANY_MUTATIONS"
    hidden = "mutation { ...F ...F } fragment F on Mutation { login { __typename } }"
    assert code_of(hidden) == "TOO_MANY_MUTATIONS"


def test_fragments_are_measured_once() -> None:
    document = parse(doubling(30))
    fragments = {d.name.value: d for d in document.definitions[1:]}  # type: ignore[attr-defined]
    walk = Walk(fragments)
    walk.selection(document.definitions[0].selection_set)  # type: ignore[attr-defined]
    assert len(walk.sizes) == 31


def test_circles_end() -> None:
    measure(parse("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"))


@pytest.mark.django_db
def test_clients_read_the_code() -> None:
    api = Api()
    assert api.post(nested(13)).json()["errors"][0]["extensions"] == {"code": "TOO_MANY_DEPTH", "limit": 12}
    assert (
        api.post("{ viewer { login } } " + "#" * 70_000).json()["errors"][0]["extensions"]["code"]
        == "DOCUMENT_TOO_LARGE"
    )
    assert api.post("{ " + "viewer " * 2_500 + "}").json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"
