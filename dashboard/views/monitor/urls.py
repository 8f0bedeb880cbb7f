"""How the partnerships do: figures, lists behind them, reports."""

from django.urls import path

from dashboard.views.monitor import exports, partnerships, projects, rows, statistics

urlpatterns = [
    path("partnerships/", partnerships.pairs, name="partnerships"),
    path("partnerships/matrix/", partnerships.matrix, name="matrix"),
    path("partnerships/<str:one>-<str:other>/", partnerships.projects, name="partnership"),
    path("monitor/", projects.projects, name="monitor"),
    path("monitor/<uuid:pk>/", projects.founders, name="founders"),
    path("monitor/<uuid:pk>/contact/", projects.contact, name="contact_founders"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/report/", statistics.report, name="period_report"),
    path("statistics/<str:country>/publish/", statistics.publish, name="publish_statistics"),
    path("statistics/published/<uuid:pk>/withdraw/", statistics.withdraw, name="withdraw_statistics"),
    path("statistics/<str:country>/<slug:name>/", rows.rows, name="rows"),
    path("exports/", exports.exports, name="exports"),
    path("exports/<str:country>/<slug:name>.<slug:form>", exports.export, name="export"),
]
