"""The API over HTTP: Strawberry's view with what graphql-over-http asks for."""

from typing import Any
from urllib.parse import urlsplit

from asgiref.sync import sync_to_async
from cross_web import HTTPException
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from strawberry.django.views import AsyncGraphQLView
from strawberry.exceptions import MissingQueryError
from strawberry.schema.exceptions import InvalidOperationTypeError
from strawberry.types.graphql import OperationType

from backend.accounts.models import Person
from backend.accounts.sign_in import note_use, person_of_token, session_proof, token_proof
from backend.eventlog.threads import snapshot
from graphql_schema.schema import schema
from graphql_schema.viewer import Context

JSON, RESPONSE_JSON = "application/json", "application/graphql-response+json"
PREFLIGHT = ("X-CSRFToken", "X-Requested-With", "Apollo-Require-Preflight", "GraphQL-Require-Preflight")


@method_decorator(csrf_exempt, name="dispatch")  # replaced by what `_check_origin` demands
class GraphQLView(AsyncGraphQLView[Context, None]):
    """One endpoint. A document is executed in one thread, with plain synchronous resolvers."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(schema, graphql_ide=None, multipart_uploads_enabled=True, **kwargs)

    async def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return _problem(405, "Please send documents by POST.", Allow="POST")
        try:
            _check_origin(request)
            response = await self.run(request=request)
        except HTTPException as error:
            return _problem(error.status_code, error.reason)
        except (ValueError, TypeError, AttributeError, RecursionError, KeyError, MissingQueryError):
            return _problem(400, "This request cannot be read.")
        return response

    async def get_context(self, request: HttpRequest, response: Any) -> Context:
        viewer, proof = await viewer_and_proof(request)
        language = translation.get_language() or settings.LANGUAGE_CODE
        if viewer and not request.headers.get("Accept-Language"):
            language = viewer.language
        return Context(viewer=viewer, proof=proof, request=request, response=response, language=language)

    async def execute_operation(self, request_data: Any, context: Context, **_: Any) -> Any:
        if isinstance(request_data, list):
            raise HTTPException(400, "Please send one document at a time.")
        return await sync_to_async(self._execute)(request_data, context)

    def _execute(self, data: Any, context: Context) -> Any:
        with translation.override(context.language):
            if data.query and "cursor" in data.query and "mutation" not in data.query:
                with snapshot():  # so that a cursor and the data beside it are of one moment
                    return self._run_document(data, context)
            return self._run_document(data, context)

    def _run_document(self, data: Any, context: Context) -> Any:
        try:
            return self.schema.execute_sync(
                data.query,
                variable_values=data.variables,
                context_value=context,
                operation_name=data.operation_name,
                allowed_operation_types={OperationType.QUERY, OperationType.MUTATION},
            )
        except InvalidOperationTypeError:
            raise HTTPException(400, "Subscriptions need a WebSocket.") from None

    def create_response(self, response_data: Any, sub_response: Any) -> HttpResponse:
        wanted = RESPONSE_JSON if RESPONSE_JSON in self.request.headers.get("Accept", "") else JSON
        is_refused = response_data.get("data") is None and not any(
            "path" in e for e in response_data.get("errors") or ()
        )
        if is_refused:
            response_data = {name: value for name, value in response_data.items() if name != "data"}
        response = HttpResponse(self.encode_json(response_data), content_type=f"{wanted}; charset=utf-8")
        if is_refused and wanted == RESPONSE_JSON:
            response.status_code = 400
        response["Cache-Control"] = "no-store"
        response["Vary"] = "Accept, Accept-Language, Authorization, Cookie"
        return response


async def viewer_and_proof(request: HttpRequest) -> tuple[Person | None, str]:
    """Who sent the request: by bearer token, else by session."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        person = await sync_to_async(person_of_token)(token.strip())
        if person is None:
            raise HTTPException(401, "This token is not valid.")
        return person, await _used(person, token_proof(token.strip()))
    user = await request.auser()
    if isinstance(user, Person):
        return user, await _used(user, session_proof(request.session.session_key or ""))
    return None, ""


async def _used(person: Person, proof: str) -> str:
    await sync_to_async(note_use)(person, proof)
    return proof


def _check_origin(request: HttpRequest) -> None:
    """Without a token, a browser's cookie may speak: only pages of our own may have sent this."""
    if request.headers.get("Authorization"):
        return
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.get_host() and origin not in settings.CSRF_TRUSTED_ORIGINS:
        raise HTTPException(403, "This page may not speak for its visitors here.")
    is_preflighted = request.content_type == JSON or any(name in request.headers for name in PREFLIGHT)
    if not is_preflighted:
        raise HTTPException(403, "Please send JSON, or a header such as GraphQL-Require-Preflight.")


def _problem(status: int, message: str, **headers: str) -> JsonResponse:
    return JsonResponse({"errors": [{"message": message}]}, status=status, headers=headers)
