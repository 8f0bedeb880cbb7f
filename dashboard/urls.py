"""The dashboard's addresses: who comes in, what they see first, and each area's own list."""

from django.urls import path

from dashboard.views import search, session, today
from dashboard.views.account.urls import urlpatterns as account
from dashboard.views.monitor.urls import urlpatterns as monitor
from dashboard.views.office.urls import urlpatterns as office
from dashboard.views.queues.urls import urlpatterns as queues
from dashboard.views.records.urls import urlpatterns as records

app_name = "dashboard"
urlpatterns = [
    path("", today.today, name="today"),
    path("search/", search.search, name="search"),
    path("sign-in/", session.sign_in, name="sign_in"),
    path("sign-in/code/", session.confirm, name="confirm"),
    path("sign-out/", session.sign_out, name="sign_out"),
    path("language/", session.choose_language, name="choose_language"),
    *queues,
    *records,
    *monitor,
    *office,
    *account,
]
