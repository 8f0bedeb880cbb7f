"""Compiled completion gives what graphql-core gives, byte for byte, whatever is asked and whatever goes wrong."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import strawberry
from django.db import connection
from graphql import GraphQLField, get_named_type, is_leaf_type, is_required_argument
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext as Usual

from backend.accounts.models import Person
from backend.core.kept import statements
from backend.core.kept.last import Last
from backend.core.models import EntityQuerySet
from graphql_schema.completion.executor import Executor
from graphql_schema.completion.pages import Page
from graphql_schema.completion.plans import Compiler, Plan
from graphql_schema.limits.documents import document_of
from graphql_schema.schema import schema
from graphql_schema.viewer import Context
from tests.factories.projects import project, workspace
from tests.graphql_schema.limits.test_rows import world
from tests.graphql_schema.limits.writing import Writer
from tests.support.api import gid

DOCUMENTS = 300


class ConditionalWriter(Writer):
    """Also skips and includes by variables."""

    def field(self, name: str, field: GraphQLField, depth: int) -> str:
        text = super().field(name, field, depth)
        if self.dice.random() > 0.15:
            return text
        variable = f"c{len(self.variables)}"
        self.variables[variable] = ("Boolean!", self.dice.random() < 0.5)
        directive = f"@{self.dice.choice(['skip', 'include'])}(if: ${variable})"
        head, brace, rest = text.partition(" {")
        return f"{head} {directive}{brace}{rest}"


def answer(document: str, variables: dict[str, Any], viewer: Person | None, executor: Any) -> str:
    schema.execution_context_class = executor
    try:
        result = schema.execute_sync(document, variable_values=variables, context_value=Context(viewer=viewer))
    finally:
        schema.execution_context_class = Executor
    errors = [[error.message, error.path, error.extensions] for error in result.errors or ()]
    return json.dumps([result.data, errors], default=str)


@pytest.mark.django_db
def test_random_documents_get_the_same_bytes(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.COST_BUDGET = 10**6
    seen: Counter[str] = Counter()
    compile_ = Compiler.plan

    def counted(self: Compiler, parent: Any, fields: Any) -> Plan:
        plan = compile_(self, parent, fields)
        seen["plans"] += plan.complete is not None
        seen["mixed"] += bool(plan.others)
        return plan

    monkeypatch.setattr(Compiler, "plan", counted)
    viewers, ids = world()
    writer = ConditionalWriter(schema._schema, ids, seed=7)
    while seen["compared"] < DOCUMENTS:
        document, variables = writer.query()
        if document_of(document).errors(schema._schema, is_helpful=False):
            continue
        viewer = [None, *viewers][seen["compared"] % (len(viewers) + 1)]
        usual = answer(document, variables, viewer, Usual)
        for _ in range(2):  # compiled now, and from what was compiled before
            assert answer(document, variables, viewer, Executor) == usual, (document, variables)
        seen.update({"compared": 1, "bytes": len(usual), "errors": '"code"' in usual})
    print(dict(seen))
    assert seen["plans"] > DOCUMENTS
    assert seen["mixed"] > DOCUMENTS / 4


def field_by_field() -> Iterator[str]:
    """Every page that can be asked for without more, with each plain field of its rows, from either end."""
    for root, page in schema._schema.query_type.fields.items():  # type: ignore[union-attr]
        kind: Any = get_named_type(page.type)
        if not kind.name.endswith("Connection") or any(is_required_argument(each) for each in page.args.values()):
            continue
        node: Any = get_named_type(get_named_type(kind.fields["edges"].type).fields["node"].type)  # type: ignore[union-attr]
        for number, selection in enumerate(plain_fields(node, depth=2)):
            page_info = "pageInfo { startCursor endCursor hasNextPage hasPreviousPage }"
            beside = (
                f"edges {{ cursor node {{ {selection} }} }} {page_info}",
                f"{page_info} edges {{ node {{ {selection} }} }}",
            )
            yield f"{{ {root}({('first: 2', 'last: 3')[number % 2]}) {{ {beside[number // 2 % 2]} }} }}"


def plain_fields(kind: Any, depth: int) -> Iterator[str]:
    for name, each in kind.fields.items():
        of: Any = get_named_type(each.type)
        if any(is_required_argument(argument) for argument in each.args.values()):
            continue
        if is_leaf_type(of):
            yield name
        elif depth and hasattr(of, "fields") and not of.name.endswith("Connection"):
            yield from (f"{name} {{ {inner} }}" for inner in plain_fields(of, depth - 1))


@pytest.mark.django_db
def test_every_field_of_a_page_is_read_with_the_same_bytes(
    settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.COST_BUDGET = 10**6
    read: Counter[str] = Counter()
    tuples = Page.tuples

    def counted(self: Page, columns: Any) -> Any:
        read[self.rows.model.__name__] += 1
        return tuples(self, columns)

    monkeypatch.setattr(Page, "tuples", counted)
    viewers, _ = world()
    for number, document in enumerate(field_by_field()):
        viewer = [*viewers, None][number % (len(viewers) + 1)]
        usual = answer(document, {}, viewer, Usual)
        for _ in range(3):  # compiled now, from what was compiled before, and by a statement that is kept
            assert answer(document, {}, viewer, Executor) == usual, (document, viewer)
    print(dict(read))
    assert len(read) > 20
    assert [record.message for record in caplog.records if "compiled" in record.message] == []


@pytest.mark.django_db
def test_one_document_with_other_conditions_is_another_selection() -> None:
    room = workspace()
    viewer = room.project.founders[0].person
    document = (
        "query Q($id: ID!, $short: Boolean!) { project(id: $id) "
        "{ title members { role person @skip(if: $short) { name } } } }"
    )
    for short in (True, False, True):
        variables = {"id": gid(room.project), "short": short}
        compiled = answer(document, variables, viewer, Executor)
        assert compiled == answer(document, variables, viewer, Usual)
        assert ("person" in compiled) is not short


@pytest.mark.django_db
def test_the_guard_stands_in_compiled_code_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that came without the viewer's mark and that the viewer may not see is null."""
    made = project()
    viewer = made.founders[0].person
    monkeypatch.setattr(EntityQuerySet, "for_viewer", lambda rows, viewer: rows.all())
    monkeypatch.setattr(statements, "_asked", Last(100))
    monkeypatch.setattr("graphql_schema.completion.plans.may_leave", lambda row, context: not isinstance(row, Person))
    # a document of its own, so that nothing was compiled before
    document = "query Guarded($id: ID!) { project(id: $id) { members { role person { name } } } }"
    members = json.loads(answer(document, {"id": gid(made)}, viewer, Executor))[0]["project"]["members"]
    assert members == [{"role": "FOUNDER", "person": None}] * 2


@pytest.mark.django_db
def test_what_hangs_on_rows_is_asked_by_kept_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "_asked", Last(100))
    made = project()
    viewer = made.founders[0].person
    document = "query Kept($id: ID!) { project(id: $id) { members { role person { name } school { name } } } }"
    answers = {answer(document, {"id": gid(made)}, viewer, Executor) for _ in range(3)}
    assert answers == {answer(document, {"id": gid(made)}, viewer, Usual)}
    kept = {asked.statement.shape.model.__name__ for asked in statements._asked.values() if asked.statement}
    by_lists = (
        {"ProjectMember", "Person", "School"} if connection.vendor == "postgresql" else set()
    )  # one parameter there
    assert kept == {"Project"} | by_lists


@strawberry.type
class Leaf:
    number: int
    text: str | None = None


@strawberry.type
class Branch:
    leaf: Leaf
    leaves: list[Leaf]
    maybe: Leaf | None = None

    @strawberry.field
    def broken(self) -> int | None:
        raise ValueError("broken")

    @strawberry.field
    def doubled(self) -> int:
        return self.leaf.number * 2


WRONG: Any = None
BRANCHES = {
    "right": Branch(leaf=Leaf(number=1, text="a"), leaves=[Leaf(number=2), Leaf(number=3, text="b")]),
    "null inside": Branch(leaf=Leaf(number=WRONG), leaves=[]),
    "null in a list": Branch(leaf=Leaf(number=1), leaves=[Leaf(number=1), WRONG]),
    "no list": Branch(leaf=Leaf(number=1), leaves=WRONG),
    "no number": Branch(leaf=Leaf(number="x"), leaves=[], maybe=Leaf(number=2**40)),  # type: ignore[arg-type]
    "another class": Branch(leaf="leaf", leaves=[]),  # type: ignore[arg-type]
}


@strawberry.type
class Query:
    @strawberry.field
    def branch(self, name: str) -> Branch | None:
        return BRANCHES[name]


@pytest.mark.parametrize("name", list(BRANCHES))
@pytest.mark.parametrize(
    "selection",
    [
        "leaf { number text }",
        "leaves { number } maybe { number }",
        "doubled broken leaf { number }",
        "b: broken __typename",
    ],
)
def test_what_is_wrong_is_told_in_the_same_words(name: str, selection: str) -> None:
    document = f'{{ branch(name: "{name}") {{ {selection} }} }}'
    answers = []
    for executor in (Usual, Executor):
        result = strawberry.Schema(query=Query, execution_context_class=executor).execute_sync(document)
        answers.append([result.data, [str(error) for error in result.errors or ()]])
    assert answers[0] == answers[1]
