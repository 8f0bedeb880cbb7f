"""How the partnerships do: figures, lists behind them, reports."""

from django.urls import path

from dashboard.views.monitor import partnerships

urlpatterns = [
    path("partnerships/", partnerships.pairs, name="partnerships"),
    path("partnerships/<str:one>-<str:other>/", partnerships.projects, name="partnership"),
]
