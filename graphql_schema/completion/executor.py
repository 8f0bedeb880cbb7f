"""graphql-core's executor, which completes plain selections by compiled plans."""

import logging
from typing import Any

from django.db import DatabaseError, connection
from graphql import GraphQLObjectType, visit
from graphql.language import DirectiveNode, VariableNode, Visitor
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from backend.core.deadline import is_timeout
from backend.core.kept.last import Last
from graphql_schema.completion.plans import Compiler, Plan

logger = logging.getLogger(__name__)
PLANS = 4_000  # the compiled selections that are kept
_plans: Last[Any, tuple[Any, Plan]] = Last(PLANS)


class Executor(StrawberryGraphQLCoreExecutionContext):
    """Each object: what is plain by its plan, the rest by graphql-core; all of it by graphql-core after a surprise."""

    _mine: dict[tuple[str, int], Plan]

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Any,
        grouped_field_set: Any,
        position_context: Any,
    ) -> Any:
        usual = super().execute_fields
        if path is None or source_value is None:
            return usual(parent_type, source_value, path, grouped_field_set, position_context)
        plan = self._plan(parent_type, grouped_field_set)
        if plan.complete is None:
            return usual(parent_type, source_value, path, grouped_field_set, position_context)
        try:
            done = plan.complete(source_value, self.context_value)
        except Exception as error:
            if isinstance(error, DatabaseError) and (is_timeout(error) or connection.in_atomic_block):
                raise  # to ask again takes as long, or is not possible
            return usual(parent_type, source_value, path, grouped_field_set, position_context)
        if not plan.others:
            return done
        left = {name: details for name, details in grouped_field_set.items() if name in plan.others}
        rest = usual(parent_type, source_value, path, left, position_context)
        if self.is_awaitable(rest):
            return _merged_later(grouped_field_set, done, rest)
        return _merged(grouped_field_set, done, rest)

    def _plan(self, parent: GraphQLObjectType, fields: Any) -> Plan:
        """The plan for these fields, which graphql-core keeps for the execution; compiled once for the document."""
        mine = self.__dict__.setdefault("_mine", {})
        plan: Plan | None = mine.get((parent.name, id(fields)))
        if plan is None:
            plan = mine[(parent.name, id(fields))] = self._kept(parent, fields)
        return plan

    def _kept(self, parent: GraphQLObjectType, fields: Any) -> Plan:
        nodes = [details.node for every in fields.values() for details in every]
        key = (id(self.schema), parent.name, tuple(map(id, nodes)), self._conditions())
        _, plan = _plans.of(key, lambda: (nodes, self._compiled(parent, fields)))  # no other gets the nodes' ids
        return plan

    def _compiled(self, parent: GraphQLObjectType, fields: Any) -> Plan:
        try:
            return Compiler(self.collect_subfields, self.schema.get_field).plan(parent, fields)
        except Exception:  # slower is better than not at all
            logger.exception("A selection of %s cannot be compiled.", parent.name)
            return Plan(None, frozenset(fields))

    def _conditions(self) -> tuple[Any, ...]:
        """The values that decide by @skip and @include what is selected."""
        if "_decided" not in self.__dict__:
            names = sorted(conditions(self.operation, self.fragment_definitions))
            values = self.variable_values.coerced
            self._decided = tuple((name, bool(values.get(name))) for name in names)
        return self._decided


def _merged(fields: Any, done: dict[str, Any], rest: dict[str, Any]) -> dict[str, Any]:
    """Both parts in the order of the document."""
    return {name: done[name] if name in done else rest[name] for name in fields if name in done or name in rest}


async def _merged_later(fields: Any, done: dict[str, Any], rest: Any) -> dict[str, Any]:
    return _merged(fields, done, await rest)


def conditions(operation: Any, fragments: dict[str, Any]) -> frozenset[str]:
    """The variables on which @skip and @include of an operation depend; found once for a document."""

    def look() -> tuple[Any, frozenset[str]]:
        seen = _Conditions()
        for node in (operation, *fragments.values()):
            visit(node, seen)
        return operation, frozenset(seen.names)

    return _conditions.of(id(operation), look)[1]


_conditions: Last[int, tuple[Any, frozenset[str]]] = Last(PLANS)


class _Conditions(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        self.names.update(a.value.name.value for a in node.arguments if isinstance(a.value, VariableNode))
