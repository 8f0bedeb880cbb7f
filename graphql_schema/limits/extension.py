"""What a document may ask for: checked before anything expensive looks at it, and paid for."""

import math
import re
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from graphql import GraphQLError, get_operation_ast
from strawberry.extensions import SchemaExtension

from backend.core.deadline import within_time
from graphql_schema.errors import CodedError
from graphql_schema.limits.budgets import Budget, buckets, budget_of
from graphql_schema.limits.costs import cost_of, objects_in
from graphql_schema.limits.documents import Document, document_of
from graphql_schema.limits.payers import payer_of
from graphql_schema.limits.variables import check_variables

SUGGESTION = re.compile(r" Did you mean [^?]*\?")


class Limits(SchemaExtension):
    """Refuses oversized documents, and documents that somebody cannot pay for at this moment."""

    document: Document | None = None
    bill: dict[str, Any] | None = None

    @property
    def is_helpful(self) -> bool:
        """Whether the schema may be explored: by whoever is signed in, and in development."""
        return settings.DEBUG or self.execution_context.context.viewer is not None

    def on_operation(self) -> Iterator[None]:
        yield
        result = self.execution_context.result
        if getattr(result, "errors", None) and not self.is_helpful:
            for error in result.errors:
                error.message = SUGGESTION.sub("", error.message)

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        if context.query is not None:
            self.document = document_of(context.query)
            context.graphql_document = self.document.node
        yield

    def on_validate(self) -> Iterator[None]:
        try:
            self.execution_context.pre_execution_errors = self._errors()
        except CodedError as error:
            self.execution_context.pre_execution_errors = [error]
        yield

    def _errors(self) -> list[GraphQLError] | None:
        """What is wrong with the document and its variables; None when Strawberry is to look itself."""
        check_variables(self.execution_context.variables)
        if self.document is None:
            return None
        if self.document.size.introspection and not self.is_helpful:
            raise CodedError("Please sign in to look into the schema.", "INTROSPECTION_CLOSED")
        return self.document.errors(self.execution_context.schema._schema, is_helpful=self.is_helpful)

    def on_execute(self) -> Iterator[None]:
        context = self.execution_context
        operation = get_operation_ast(context.graphql_document, context.operation_name)
        payer, budget = payer_of(context.context), budget_of(context.context.viewer)
        cost = cost_of(context.schema._schema, context.graphql_document, operation, context.variables or {})
        if cost:
            self._pay(payer, budget, cost)
        with within_time() if operation.operation.value != "subscription" else nullcontext():
            yield
        extra = objects_in(getattr(context.result, "data", None)) - cost
        if extra > 0:  # a list was longer than it usually is
            _, left = buckets().take(payer, budget, extra, is_owed=True)
            self.bill |= {"charged": cost + extra, "available": math.floor(left)}

    def _pay(self, payer: str, budget: Budget, cost: int) -> None:
        if cost > budget.limit:
            raise CodedError(
                "This asks for more than you may at once. Please take smaller pages.", "COST_TOO_HIGH", cost=cost,
                limit=budget.limit,
            )  # fmt: skip
        granted, left = buckets().take(payer, budget, cost, is_owed=False)
        self.bill = {
            "requested": cost,
            "charged": cost if granted else 0,
            "available": math.floor(left),
            "limit": budget.limit,
            "restoreRate": budget.rate,
        }
        if not granted:
            seconds = math.ceil((cost - left) / budget.rate)
            raise CodedError(f"Too much at once. Please try again in {seconds} s.", "THROTTLED", retryAfter=seconds)

    def get_results(self) -> dict[str, Any]:
        request = self.execution_context.context.request
        is_kept = request is not None and request.method == "GET"  # the same answer again has the same ETag
        return {"cost": self.bill} if self.bill and not is_kept else {}
