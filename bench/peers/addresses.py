"""Where the Django yardsticks answer."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from bench.peers.plain import answer
from bench.peers.stock import View, schema

urlpatterns = [
    path("plain", csrf_exempt(answer)),
    path("stock", csrf_exempt(View.as_view(schema=schema, graphql_ide=None))),
]
