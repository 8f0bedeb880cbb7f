"""Whatever can leave a resolver has a reading rule, and all that say who reads agree: queryset, guard, predicates, table."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from graphql import GraphQLObjectType

from backend.accounts.models import Person
from backend.core.models import EntityQuerySet
from backend.moderation.subjects import KINDS, can_see
from backend.workspaces.models import File, Inside, Page
from backend.workspaces.permissions import membership_of, sees
from graphql_schema.guard import PUBLIC, may_leave
from graphql_schema.schema import NODES, schema
from graphql_schema.types.visible import Visible
from graphql_schema.viewer import Context
from tests.canary.canary import POLICY, Canary, none

pytestmark = pytest.mark.django_db


def types_over_models() -> Iterator[tuple[str, Any, Any]]:
    for name, kind in schema._schema.type_map.items():
        origin = getattr(kind.extensions.get("strawberry-definition"), "origin", None)
        definition = getattr(origin, "__strawberry_django_definition__", None)
        if isinstance(kind, GraphQLObjectType) and definition:
            yield name, origin, definition.model


def test_every_model_that_leaves_has_a_reading_rule() -> None:
    told = list(types_over_models())
    lacking = [
        name
        for name, kind, model in told
        if model not in PUBLIC
        and not (
            issubclass(kind, Visible)
            and isinstance(model._default_manager.all(), EntityQuerySet)
            and hasattr(model._default_manager, "visible_to")
        )
    ]
    assert lacking == []
    assert {name for name, _, model in told if model not in PUBLIC} == set(NODES)


def test_querysets_show_what_the_table_says(canary: Canary) -> None:
    """Of all rows, however they are reached; the matrix itself reads those to which a path leads."""
    assert none(wrong(canary))


def wrong(canary: Canary) -> Iterator[str]:
    for actor, person in canary.world.actors.items():
        for name, area in NODES.items():
            model: Any = apps.get_model(area, name)
            seen = {str(key) for key in model._default_manager.visible_to(person).values_list("pk", flat=True)}
            for (kind, key), place in canary.places.items():
                if kind == name and (key in seen) != (actor in POLICY.who(f"{name}.id", place)):
                    yield f"visible_to {'shows' if key in seen else 'hides'} {name} of {place} to {actor}"


def test_guard_and_predicates_agree_with_querysets(canary: Canary) -> None:
    assert none(disagreeing(canary))


def disagreeing(canary: Canary) -> Iterator[str]:
    """The guard and `can_see` ask the very queryset, so they are tried with one row that is shown and one that is hidden."""
    for actor, person in canary.world.actors.items():
        context = Context(viewer=person)
        for name, area in NODES.items():
            model: Any = apps.get_model(area, name)
            seen = set(model._default_manager.visible_to(person).values_list("pk", flat=True))
            first: dict[bool, Any] = {}
            for row in model._default_manager.filter(pk__in=keys(canary, name)):
                is_first = first.setdefault(row.pk in seen, row) is row
                for predicate, answer in answers(row, person, context if is_first else None).items():
                    if answer != (row.pk in seen):
                        yield f"{predicate} says {answer} of {name} of {canary.places[name, str(row.pk)]} to {actor}"


def keys(canary: Canary, name: str) -> list[str]:
    """The first and the last of every place."""
    return [key for kind, key in canary.things if kind == name]


def answers(row: Any, person: Person | None, context: Context | None) -> dict[str, bool]:
    """What each predicate there is says of this row."""
    given = {"the guard": may_leave(row, context)} if context else {}
    if context and person and type(row) in KINDS:
        given["can_see"] = can_see(person, row)
    if person and isinstance(row, Inside) and type(row) not in (File, Page):  # those may be public, too
        given["sees"] = sees(membership_of(person, row.workspace), row)
    return given
