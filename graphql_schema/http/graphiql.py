"""GraphiQL, an editor for the API in the browser, where the settings want it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(request: HttpRequest) -> HttpResponse:
    """Its page; everything it loads is ours."""
    return render(request, "graphql_schema/graphiql.html")
