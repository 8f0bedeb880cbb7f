"""Yardstick: the same types as a stock strawberry-django schema (optimizer only), in its own view."""

from typing import Any

import strawberry
from django.http import HttpRequest
from strawberry.django.views import GraphQLView
from strawberry_django.optimizer import DjangoOptimizerExtension

from bench.peers.plain import viewer_of
from graphql_schema.schema import Mutation, Query
from graphql_schema.viewer import Context

schema = strawberry.Schema(query=Query, mutation=Mutation, extensions=[DjangoOptimizerExtension])


class View(GraphQLView[Context, None]):
    def get_context(self, request: HttpRequest, response: Any) -> Context:
        return Context(viewer=viewer_of(request), request=request, response=response)
