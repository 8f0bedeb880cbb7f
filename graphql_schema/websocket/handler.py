"""graphql-transport-ws: Strawberry's handler, to the letter where it leaves it, and light while it waits."""

from typing import Any

from django.utils import translation
from graphql import GraphQLError, OperationType, get_operation_ast
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler, Operation
from strawberry.utils.aio import aclosing

from backend.eventlog.threads import in_database
from graphql_schema.documents import Asked, with_text
from graphql_schema.errors import CodedError, masked
from graphql_schema.limits import parsed
from graphql_schema.subscriptions.live import operation_id
from graphql_schema.viewer import Context
from graphql_schema.websocket.messages import Malformed, check


class Handler(BaseGraphQLTransportWSHandler[Context, None]):
    async def handle_message(self, message: Any) -> None:
        try:
            check(message)
        except Malformed as error:
            await self.handle_invalid_message(str(error))
            return
        await super().handle_message(message)

    async def handle_subscribe(self, message: Any) -> None:
        """As the protocol says, and the document may be named by its id."""
        if self.connection_acknowledged and message["id"] not in self.operations:
            try:
                message["payload"]["query"] = await self._document(message["payload"])
            except GraphQLError as error:
                await self.send_message({"id": message["id"], "type": "error", "payload": [masked(error).formatted]})
                return
        await super().handle_subscribe(message)

    async def _document(self, payload: dict[str, Any]) -> str:
        limit = self.max_subscriptions_per_connection
        if limit is not None and len(self.operations) >= limit:
            raise CodedError(f"At most {limit} at once on one socket.", "TOO_MANY_SUBSCRIPTIONS", limit=limit)
        asked = Asked(
            query=payload.get("query") or "",
            extensions=payload.get("extensions") or {},
            document_id=payload.get("documentId") or "",
        )
        return (await in_database(with_text)(asked)).query if asked.identifier else with_text(asked).query

    async def run_operation(self, operation: Operation[Context, None]) -> None:
        """Subscriptions stream; queries and mutations run in a database thread as over HTTP."""
        try:
            document = parsed(operation.query)
        except GraphQLError as error:
            await operation.send_initial_errors([masked(error)])
            return
        found = get_operation_ast(document, operation.operation_name)
        if found is None:
            await operation.send_initial_errors([CodedError("There is no such operation.", "OPERATION_MISSING")])
        elif found.operation == OperationType.SUBSCRIPTION:
            await self._subscribe(operation)
        else:
            await self._run_at_once(operation)

    async def _subscribe(self, operation: Operation[Context, None]) -> None:
        operation_id.set(operation.id)
        try:
            await self._begin(operation)
            # The execution that began it is let go: from here on one coroutine waits, and the room executes.
            following = self.context.following.get(operation.id)
            if following:
                operation.query, operation.variables = "", None
                await following.until_it_ends()
            await operation.send_operation_message({"id": operation.id, "type": "complete"})
        except Exception as error:
            await self.handle_task_exception(error)
            await operation.send_operation_message({"id": operation.id, "type": "complete"})
        finally:
            self.context.following.pop(operation.id, None)

    async def _begin(self, operation: Operation[Context, None]) -> None:
        with translation.override(self.context.language):
            results = await self.schema.stream(
                operation.query,
                variable_values=operation.variables,
                context_value=self.context,
                operation_name=operation.operation_name,
            )
            async with aclosing(results):
                await self._send_result_stream(operation, results)

    async def _run_at_once(self, operation: Operation[Context, None]) -> None:
        with translation.override(self.context.language):
            result = await in_database(self.schema.execute_sync)(
                operation.query,
                variable_values=operation.variables,
                context_value=self.context,
                operation_name=operation.operation_name,
            )
        if result.errors and result.data is None and not any(error.path for error in result.errors):
            await operation.send_initial_errors(result.errors)
            return
        await operation.send_next(result)
        await operation.send_operation_message({"id": operation.id, "type": "complete"})

    @staticmethod
    def _get_pre_execution_close_reason(error: GraphQLError) -> None:
        """A wrong document ends its operation, not the socket and the other subscriptions on it."""
