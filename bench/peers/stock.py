"""Yardstick: the same types as a stock strawberry-django schema (optimizer only), in its own view."""

from typing import Any

import strawberry
from django.http import HttpRequest
from strawberry.django.views import GraphQLView
from strawberry_django.optimizer import DjangoOptimizerExtension

from backend.accounts.sign_in import person_of_token
from graphql_schema.schema import Query
from graphql_schema.viewer import Context

schema = strawberry.Schema(query=Query, extensions=[DjangoOptimizerExtension])


class View(GraphQLView[Context, None]):
    def get_context(self, request: HttpRequest, response: Any) -> Context:
        viewer = person_of_token(request.headers["Authorization"].removeprefix("Bearer "))
        return Context(viewer=viewer, request=request, response=response)
