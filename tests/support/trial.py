"""One try of a mutation: what was answered, what it cost, and which tables hold other rows than before."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from strawberry.relay.utils import from_base64, to_base64

from backend.accounts.models import Person, PersonKind
from backend.accounts.words import found_at
from backend.core.models import NOBODY
from graphql_schema.schema import NODES, schema
from graphql_schema.viewer import Context
from tests.support.api import REFUSED

WRITE = re.compile(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "(\w+)"')
TRANSACTIONS = ("SAVEPOINT", "RELEASE", "ROLLBACK")
MODELS = apps.get_models(include_auto_created=True)
NAMES = {model._meta.db_table: model.__name__ for model in MODELS if not model._meta.proxy}
OK = "ok"
Input = dict[str, Any]


@dataclass
class Outcome:
    code: str = ""
    told: Any = None
    queries: int = 0
    seconds: float = 0  # of this thread's CPU
    named: set[str] = field(default_factory=set)  # the tables that a statement wrote to
    written: set[str] = field(default_factory=set)  # the models whose rows are others now
    lost: list[str] = field(default_factory=list)  # staff who are found by other words than theirs and their school's
    follows: int = 0  # what would happen after the commit: letters, pokes

    def watch(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(TRANSACTIONS):
            self.queries += 1
            self.named |= set(WRITE.findall(sql))
        return execute(sql, params, many, context)


@contextmanager
def undone() -> Iterator[None]:
    """Nothing of it stays."""
    block = transaction.atomic()
    block._from_testcase = True  # as Django's own test cases do: what must be durable may be inside
    with block:
        yield
        transaction.set_rollback(True)


def attempt(mutation: str, given: Input, person: Person | None) -> Outcome:
    """`person` sends it; everything they changed is undone."""
    outcome = Outcome()
    viewer = Person.objects.get(pk=person.pk) if person else None
    document = _document(mutation)
    with undone():
        waiting, begun, changes = len(connection.run_on_commit), time.thread_time(), _changes()
        with connection.execute_wrapper(outcome.watch):
            values = {"input": rewound(given)}
            result = schema.execute_sync(document, values, context_value=Context(viewer=viewer, proof="session:1"))
        outcome.seconds = time.thread_time() - begun
        assert result.data, result.errors
        assert outcome.named or _changes() == changes, "The database changed, and no statement said so."
        outcome.follows = len(connection.run_on_commit) - waiting
        after = {table: rows_of(table) for table in outcome.named}
        outcome.lost = lost() if outcome.named & {"accounts_person", "schools_school"} else []
    outcome.written = {NAMES[table] for table in outcome.named if rows_of(table) != after[table]}
    outcome.told = result.data[mutation]
    is_refused = outcome.told["__typename"] == "OperationInfo"
    outcome.code = outcome.told["messages"][0]["code"] if is_refused else OK
    return outcome


def lost() -> list[str]:
    staff = Person.objects.filter(kind=PersonKind.STAFF).select_related("school")
    return [one.login for one in staff if found_at(one.school, one.search_text).items() - vars(one).items()]


def _document(mutation: str) -> str:
    (input_type,) = (str(each.type) for each in schema._schema.mutation_type.fields[mutation].args.values())  # type: ignore[union-attr]
    return f"mutation Do($input: {input_type}) {{ {mutation}(input: $input) {{ __typename {REFUSED} }} }}"


def rewound(value: Any) -> Any:
    """An upload is read from its beginning by each."""
    for each in value.values():
        if isinstance(each, dict):
            rewound(each)
        elif hasattr(each, "seek"):
            each.seek(0)
    return value


def _changes() -> int:
    """How many rows SQLite has changed so far, whoever asked for it."""
    return int(connection.connection.total_changes) if connection.vendor == "sqlite" else 0


def rows_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (a name that the database gave)
        return sorted(map(repr, cursor.fetchall()))


def all_rows() -> dict[str, list[str]]:
    return {table: rows_of(table) for table in connection.introspection.table_names()}


def ids_in(value: Any) -> set[str]:
    """The ids that stand anywhere in an input."""
    if isinstance(value, dict):
        return set().union(*map(ids_in, value.values()))
    if isinstance(value, list | tuple):
        return set().union(*map(ids_in, value))
    return {value} if isinstance(value, str) and _named_by(value) else set()


def _named_by(text: str) -> Any:
    try:
        name, key = from_base64(text)
    except ValueError:
        return None
    return (name, key) if name in NODES else None


def without(given: Any, ids: set[str]) -> Any:
    """The same input, where these ids name nothing."""
    if isinstance(given, dict):
        return {name: without(value, ids) for name, value in given.items()}
    if isinstance(given, list | tuple):
        return [without(value, ids) for value in given]
    is_one = isinstance(given, str) and given in ids
    return to_base64(from_base64(given)[0], str(NOBODY)) if is_one else given


def sees(person: Person | None, identifier: str) -> bool:
    name, key = _named_by(identifier)
    viewer = Person.objects.get(pk=person.pk) if person else None
    model: Any = apps.get_model(NODES[name], name)
    return bool(model._default_manager.visible_to(viewer).filter(pk=key).exists())
