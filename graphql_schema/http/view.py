"""The API over HTTP: Strawberry's view, with what graphql-over-http asks for."""

from typing import Any

from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from graphql import GraphQLError, OperationDefinitionNode, OperationType, get_operation_ast
from strawberry.http import process_result

from backend.core.deadline import TimedOut, is_timeout
from graphql_schema.documents import Asked, is_about_the_schema, is_persisted, with_text
from graphql_schema.errors import CodedError, masked
from graphql_schema.http.answers import VARY, respond
from graphql_schema.http.identity import check_origin, identify
from graphql_schema.http.language import language_of
from graphql_schema.http.negotiation import media_type_for_result, media_type_for_stream, wants_page
from graphql_schema.http.problems import Problem
from graphql_schema.http.reading import read
from graphql_schema.http.streams import stream
from graphql_schema.limits import parsed
from graphql_schema.schema import schema
from graphql_schema.viewer import Context


@method_decorator(csrf_exempt, name="dispatch")  # replaced by what `check_origin` demands
class GraphQLView(View):
    """One endpoint. A request stays in its thread, with plain synchronous resolvers; only subscriptions are coroutines."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return self.run(request)
        except Problem as problem:
            return problem.response()
        except (TimedOut, OperationalError) as error:
            if not is_timeout(error):
                raise
            return Problem(503, "TIMED_OUT", "This took too long. Please try again.", Retry_After="5").response()

    def run(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "POST"}:
            raise Problem(405, "METHOD_NOT_ALLOWED", "Please send documents by POST.", Allow="GET, POST")
        accept = request.headers.get("Accept", "")
        check_origin(request)
        if settings.GRAPHQL_CONSOLE and wants_page(request):
            return _console(request)
        asked = read(request)
        try:
            asked = with_text(asked)
            operation = _operation(asked)
        except GraphQLError as error:
            return respond(request, media_type_for_result(accept), {"errors": [masked(error).formatted]})
        _check_method(request, asked, operation)
        if operation.operation == OperationType.SUBSCRIPTION:
            return async_to_sync(stream)(request, asked, media_type_for_stream(accept))
        return self.answer(request, asked, media_type_for_result(accept))

    def answer(self, request: HttpRequest, asked: Asked, media_type: str) -> HttpResponseBase:
        """Who asks, what they get, and how it is sent."""
        viewer, proof = identify(request)
        context = Context(viewer=viewer, proof=proof, request=request, language=language_of(request, viewer))
        with translation.override(context.language):
            result = schema.execute_sync(
                asked.query,
                variable_values=asked.variables,
                context_value=context,
                operation_name=asked.operation_name,
            )
        return respond(request, media_type, process_result(result), is_public=viewer is None)


def _console(request: HttpRequest) -> HttpResponseBase:
    page = render(request, "graphql/console.html")
    page["Vary"] = VARY
    return page


def _operation(asked: Asked) -> OperationDefinitionNode:
    found = get_operation_ast(parsed(asked.query), asked.operation_name)
    if found is None:
        raise CodedError("There is no such operation.", "OPERATION_MISSING")
    return found


def _check_method(request: HttpRequest, asked: Asked, operation: OperationDefinitionNode) -> None:
    """By GET, which browsers and proxies keep and repeat: queries only, and only those known beforehand."""
    if request.method == "POST":
        return
    if operation.operation == OperationType.MUTATION:
        raise Problem(405, "METHOD_NOT_ALLOWED", "Please send mutations by POST.", Allow="POST")
    is_stream = operation.operation == OperationType.SUBSCRIPTION
    if not (is_stream or is_about_the_schema(operation) or is_persisted(asked)):
        raise Problem(400, "DOCUMENT_NOT_PERSISTED", "By GET only persisted documents are answered.")
