"""Our server without one of its gains: `python -m bench.requests.without GAIN` with daphne's arguments after it."""

import asyncio
import gc
import json
import os
import sys
from collections.abc import Callable
from typing import Any

import uvloop


def uvloop_itself() -> None:
    uvloop.new_event_loop = asyncio.new_event_loop  # type: ignore[assignment]


def rare_collections() -> None:
    gc.freeze = lambda: None
    gc.set_threshold = lambda *_: None


def prepared_statements() -> None:
    os.environ["DATABASE_PREPARE"] = "0"


def connection_pool() -> None:
    os.environ["DATABASE_POOL"] = "0"


def kept_documents() -> None:
    from graphql_schema.limits import documents

    documents.Shelf.get = lambda _, query: documents.read(query)  # type: ignore[method-assign]


def compiled_selections() -> None:
    from graphql_schema.completion.executor import Executor

    del Executor.execute_fields


def orjson_answers() -> None:
    from django.core.serializers.json import DjangoJSONEncoder

    from graphql_schema.http import answers

    answers.encode = lambda answer: json.dumps(answer, cls=DjangoJSONEncoder).encode()


def one_visit_to_the_thread() -> None:
    from django.core.handlers.asgi import ASGIHandler

    from backend.config.asgi import application

    application.application_mapping["http"] = ASGIHandler()


def keys_as_arrays() -> None:
    from django.db.models import ForeignKey, UUIDField

    from backend.core import lookups, models

    UUIDField._unregister_lookup(lookups.KeyIn)  # type: ignore[attr-defined]
    ForeignKey._unregister_lookup(lookups.ForeignKeyIn)  # type: ignore[attr-defined]
    models.as_keys = lambda condition: condition


def kept_rules() -> None:
    from backend.core.kept import rules

    rules.narrowed = lambda *_: None


def kept_statements() -> None:
    from backend.core.kept import statements

    statements.KEPT_FROM = 0


def rows_as_tuples() -> None:
    from graphql_schema.completion.rows import RowCompiler
    from graphql_schema.completion.writing import Surprise

    def surprise(*_: Any, **__: Any) -> Any:
        raise Surprise

    RowCompiler.reader = surprise  # type: ignore[method-assign]


def shared_threads() -> None:
    from backend.config import handler

    handler.IDLE = 0


BEFORE = (uvloop_itself, rare_collections, prepared_statements, connection_pool)  # anything is imported
AFTER = (
    kept_documents, kept_rules, kept_statements, compiled_selections, rows_as_tuples, orjson_answers,
    one_visit_to_the_thread, shared_threads, keys_as_arrays,
)  # fmt: skip
GAINS: dict[str, Callable[[], Any]] = {gain.__name__.replace("_", " "): gain for gain in (*BEFORE, *AFTER)}


def main() -> None:
    name, *arguments = sys.argv[1:]
    undo = GAINS[name]
    if undo in BEFORE:
        undo()
    from backend.config.server import CommandLine  # sets Django up, on the loop that is there now

    if undo in AFTER:
        undo()
    CommandLine().run(arguments)


if __name__ == "__main__":
    main()
