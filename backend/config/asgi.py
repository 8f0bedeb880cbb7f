"""The application daphne serves: HTTP through Django, WebSockets to the API."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
os.environ.setdefault("STATEMENT_TIMEOUT", "5")  # seconds; commands may take their time, requests may not
django.setup(set_prefix=False)  # before anything that needs the apps

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.urls import path  # noqa: E402

from backend.config.handler import Handler  # noqa: E402
from graphql_schema.delivery.lines import release_lines  # noqa: E402
from graphql_schema.websocket.socket import serve  # noqa: E402

application = ProtocolTypeRouter({"http": Handler(), "websocket": URLRouter([path("graphql", serve)])})  # type: ignore[arg-type]

__all__ = ["application", "release_lines"]
