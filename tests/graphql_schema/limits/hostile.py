"""Documents that would hurt a server without limits, and what becomes of each."""

from collections.abc import Callable, Iterator
from typing import Any

from graphql import get_introspection_query

VALID, WRONG = "valid", "BAD_REQUEST"
Case = tuple[str, str, dict[str, Any], str]


def many(n: int, make: Callable[[int], str]) -> str:
    return " ".join(make(i) for i in range(n))


def nested(n: int, opening: str, inside: str, closing: str) -> str:
    return opening * n + inside + closing * n


def deep_json(depth: int, kind: type = list) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value] if kind is list else {"a": value}
    return value


PERSON = "name school { name town country { code label } } country { code }"
SCHOOLS = "edges { node { name } }"
NODE = "query($id: ID!) { node(id: $id) { id } }"


def floods() -> Iterator[Case]:
    yield "100,000 fields", "{" + "a " * 100_000 + "}", {}, "DOCUMENT_TOO_LARGE"
    yield "32,000 fields in 64 KB", "{" + "a " * 32_000 + "}", {}, WRONG
    yield "as many tokens as there may be", "{" + "__typename " * 1_996 + "}", {}, "TOO_COMPLEX"
    yield "unknown fields", "{" + many(1_990, lambda i: f"x{i}") + "}", {}, WRONG
    yield "unknown fields that look like known ones", "{ viewer {" + "logim " * 1_900 + "} }", {}, "TOO_COMPLEX"
    yield "aliases", "{" + many(31, lambda i: f"a{i}: viewer {{ login }}") + "}", {}, "TOO_MANY_ALIASES"
    yield "directives", "{ viewer " + "@skip(if: false) " * 21 + "{ login } }", {}, "TOO_MANY_DIRECTIVES"
    yield "unknown directives", "{" + many(20, lambda i: f"viewer @x{i} {{ login }}") + "}", {}, WRONG
    yield "operations", many(300, lambda i: f"query Q{i} {{ __typename }}"), {}, VALID
    yield "variables never used", f"query({many(490, lambda i: f'$v{i}: ID')}) {{ __typename }}", {}, WRONG
    yield "variables of unknown types", f"query({many(480, lambda i: f'$v{i}: X{i}')}) {{ __typename }}", {}, WRONG
    yield "arguments", f"{{ schools(first: 1, {many(600, lambda i: f'a{i}: 1')}) {{ totalCount }} }}", {}, WRONG
    yield "unknown fragments", "{" + many(900, lambda i: f"...X{i}") + "}", {}, WRONG
    yield "unknown types of fragments", "{" + many(280, lambda i: f"... on X{i} {{ a }}") + "}", {}, "TOO_COMPLEX"
    yield "wrong enums", "{" + many(
        30, lambda i: f"a{i}: schools(state: XX{i}, type: YY{i}, first: 1) {{ totalCount }}"
    ) + "}", {}, WRONG  # fmt: skip
    yield "mutations", "mutation {" + many(6, lambda i: f"a{i}: logout {{ done }}") + "}", {}, "TOO_MANY_MUTATIONS"
    yield "a mutation hidden in fragments", (
        "mutation { ...F ...F } fragment F on Mutation { ...G ...G } fragment G on Mutation { logout { done } login "
        "{ __typename } }"
    ), {}, "TOO_MANY_MUTATIONS"  # fmt: skip
    yield "type definitions", many(300, lambda i: f"type A{i} {{ a: A }}"), {}, WRONG


def fragments() -> Iterator[Case]:
    yield "doubling", "{ ...F0 }" + many(
        30, lambda i: f"fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }}"
    ) + "fragment F30 on Query { viewer { login } }", {}, "TOO_MANY_FIELDS"  # fmt: skip
    yield "doubling by inline fragments", "{" + nested(9, "... { viewer { login } ", "a", "} ... { viewer { login } }") + (
        "}"
    ), {}, WRONG  # fmt: skip
    yield "each spreads all later ones", "{ ...F0 }" + many(
        30, lambda i: f"fragment F{i} on Query {{ viewer {{ login }} {many(30, lambda j: f'...F{j}' if j > i else '')} }}"
    ), {}, "TOO_MANY_FIELDS"  # fmt: skip
    yield "each spreads each", "{ ...F0 }" + many(
        24, lambda i: f"fragment F{i} on Query {{ {many(24, lambda j: f'...F{j}')} }}"
    ), {}, WRONG  # fmt: skip
    yield (
        "a circle",
        "{ ...F0 }" + many(220, lambda i: f"fragment F{i} on Query {{ ...F{(i + 1) % 220} }}"),
        {},
        "TOO_COMPLEX",
    )
    yield "a circle that doubles, of mutations", "mutation { ...F0 }" + many(
        40, lambda i: f"fragment F{i} on Mutation {{ ...F{(i + 1) % 40} ...F{(i + 1) % 40} }}"
    ), {}, WRONG  # fmt: skip
    yield "a chain that doubles and ends nowhere, of mutations", "mutation { ...F0 }" + many(
        40, lambda i: f"fragment F{i} on Mutation {{ ...F{i + 1} ...F{i + 1} }}"
    ), {}, WRONG  # fmt: skip
    yield "a circle through fields", "{ ...A } fragment A on Query { viewer { ...B } } fragment B on Viewer { ...A }", {}, (
        WRONG
    )  # fmt: skip
    yield "a chain", "{ ...F0 }" + many(
        150, lambda i: f"fragment F{i} on Query {{ ...F{i + 1} __typename }}"
    ) + "fragment F150 on Query { __typename }", {}, "TOO_COMPLEX"  # fmt: skip
    yield "never used", "{ __typename }" + many(200, lambda i: f"fragment F{i} on Query {{ __typename }}"), {}, WRONG
    yield "one for many operations", many(60, lambda i: f"query Q{i}($a: ID!) {{ ...F }}") + (
        "fragment F on Query {" + many(60, lambda i: "node(id: $a) { id }") + "}"
    ), {}, "TOO_MANY_FIELDS"  # fmt: skip


def overlaps() -> Iterator[Case]:
    yield "the same field 380 times", "{" + "viewer { login } " * 380 + "}", {}, "TOO_COMPLEX"
    yield "the same field with fields", "{" + f"viewer {{ person {{ {PERSON} }} }} " * 60 + "}", {}, "TOO_COMPLEX"
    yield "other arguments each time", "{" + many(
        90, lambda i: f"schools(first: {i}) {{ {SCHOOLS} }}"
    ) + "}", {}, "TOO_COMPLEX"  # fmt: skip
    yield (
        "long arguments",
        "{" + f'schools(first: 1, words: "{"x" * 600}") {{ {SCHOOLS} }}' * 90 + "}",
        {},
        "TOO_COMPLEX",
    )
    yield "inline fragments", "{" + "... on Query { viewer { login } } " * 200 + "}", {}, "TOO_COMPLEX"
    yield "fragments in fragments", "{" + many(25, lambda i: f"...A{i}") + "}" + many(
        25, lambda i: f"fragment A{i} on Query {{ viewer {{ person {{ ...P{i} }} }} }} fragment P{i} on Person {{ {PERSON} }}"
    ), {}, "TOO_COMPLEX"  # fmt: skip
    yield "deep below one alias", "{" + many(
        20, lambda i: f"viewer {{ person {{ school {{ country {{ {'code ' * 15} }} }} }} }}"
    ) + "}", {}, "TOO_COMPLEX"  # fmt: skip


def depths() -> Iterator[Case]:
    yield "fields", "{" + nested(13, "node {", "id", "}") + "}", {}, "TOO_MANY_DEPTH"
    yield "600 fields", nested(600, "{ a", "", "}"), {}, WRONG
    yield "inline fragments", "{" + nested(300, "... on Query {", "__typename", "}") + "}", {}, WRONG
    yield "lists", "{ nodes(ids: " + nested(900, "[", "", "]") + ") { id } }", {}, WRONG
    yield "objects", "{ teachers(first: 1, filter: " + nested(600, "{ a: ", "1", "}") + ") { totalCount } }", {}, WRONG
    yield "list types", f"query($a: {nested(900, '[', 'ID', ']')}) {{ __typename }}", {}, WRONG
    yield "never closed", "{ a " * 990, {}, WRONG


def introspection() -> Iterator[Case]:
    yield "what tools ask", get_introspection_query(), {}, VALID
    yield "twice", "{ a: __schema { types { name } } b: __schema { types { name } } }", {}, "TOO_MANY_INTROSPECTION"
    loop = nested(4, "fields { type {", "name", "} }")
    yield "fields of types of fields", f"{{ __schema {{ types {{ {loop} }} }} }}", {}, WRONG
    loop = nested(12, "ofType {", "name", "}")
    yield (
        "deep below a type",
        f'{{ __type(name: "Query") {{ {nested(25, "ofType {", loop, "}")} }} }}',
        {},
        "TOO_MANY_DEPTH",
    )


def texts() -> Iterator[Case]:
    yield "a long string", '{ node(id: "' + "a" * 60_000 + '") { id } }', {}, VALID
    yield "escapes", '{ node(id: "' + r"\u0041" * 10_000 + '") { id } }', {}, VALID
    yield "half of a pair", '{ node(id: "' + r"\ud83d" * 5_000 + '") { id } }', {}, WRONG
    yield "a surrogate in the text", '{ node(id: "\ud83d") { id } }', {}, WRONG
    yield "a block of lines", '{ node(id: """' + "\n a" * 20_000 + '""") { id } }', {}, VALID
    yield "comments", "#" * 65_000 + "\n{ __typename }", {}, VALID
    yield "commas", "{ __typename" + "," * 65_000 + "}", {}, VALID
    yield "lines before an error", "{" + "\n" * 65_000 + "$}", {}, WRONG
    yield "four bytes a letter", '{ node(id: "' + "😀" * 20_000 + '") { id } }', {}, "DOCUMENT_TOO_LARGE"
    yield "a long name", "{ " + "a" * 65_000 + " }", {}, WRONG
    yield "a long number", "{ schools(first: " + "9" * 60_000 + ") { totalCount } }", {}, WRONG
    yield "nothing", " \n ", {}, WRONG


def lists() -> Iterator[Case]:
    yield "ids in the document", "{ nodes(ids: [" + '"a" ' * 1_900 + "]) { id } }", {}, "LIST_TOO_LONG"
    yield "wrong ids", "{ nodes(ids: [" + "{a: 1} " * 240 + "]) { id } }", {}, WRONG
    ids = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    yield "ids in variables", ids, {"ids": ["a"] * 251}, "LIST_TOO_LONG"
    yield "a million ids", ids, {"ids": ["a"] * 1_000_000}, "LIST_TOO_LONG"
    yield "lists of lists", ids, {"ids": [[[1] * 250] * 250] * 250}, "VARIABLES_TOO_LARGE"
    yield "deep lists", NODE, {"id": deep_json(200)}, "VARIABLES_TOO_DEEP"
    yield "deep objects", NODE, {"id": deep_json(200, dict)}, "VARIABLES_TOO_DEEP"
    yield "names", NODE, {"id": {str(n): n for n in range(100_000)}}, "VARIABLES_TOO_LARGE"
    yield "a megabyte", NODE, {"id": "x" * 1_000_000}, "VARIABLES_TOO_LARGE"
    yield "variables nobody asked for", "{ __typename }", {str(n): n for n in range(9_000)}, VALID


FAMILIES = (floods, fragments, overlaps, depths, introspection, texts, lists)
CORPUS = [(f"{family.__name__}: {name}", *rest) for family in FAMILIES for name, *rest in family()]
