"""Where the two faces are."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from dashboard.views import public
from dashboard.views.appeals import appeal
from dashboard.views.appointments import accept
from dashboard.views.digests import end, stop_messages
from dashboard.views.passwords import forgotten, reset
from dashboard.views.registration import confirm
from graphql_schema.files import calendar, export, file, my_data
from graphql_schema.http import GraphQLView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="dashboard:today")),
    path("confirm-email/", confirm, name="confirm_email"),
    path("forgotten-password/", forgotten, name="forgotten_password"),
    path("reset-password/", reset, name="reset_password"),
    path("unsubscribe/", end, name="unsubscribe"),
    path("stop-messages/", stop_messages, name="stop_messages"),
    path("appeal/", appeal, name="appeal"),
    path("statistics/", public.overview, name="public_statistics"),
    path("statistics/<str:country>/", public.of_country, name="public_statistics_of"),
    path("statistics/<str:country>.csv", public.as_csv, name="public_statistics_csv"),
    path("appointment/", accept, name="appointment"),
    path("graphql", GraphQLView.as_view(), name="graphql"),
    path("dashboard/", include("dashboard.urls")),
    path("files/<uuid:key>", file, name="file"),
    path("my-data/<str:key>", my_data, name="my_data"),
    path("calendars/<uuid:key>.ics", calendar, name="calendar"),
    path("exports/<uuid:key>.zip", export, name="export"),
]
