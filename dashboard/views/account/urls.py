"""An officer's own account."""

from django.urls import path

from dashboard.views.account import second_factor

urlpatterns = [
    path("settings/second-factor/", second_factor.second_factor, name="second_factor"),
    path("settings/second-factor/set-up/", second_factor.set_up, name="set_up_second_factor"),
    path("settings/second-factor/activate/", second_factor.activate, name="activate_second_factor"),
    path("settings/second-factor/recovery-codes/", second_factor.renew, name="renew_recovery_codes"),
    path("settings/second-factor/remove/", second_factor.remove, name="remove_second_factor"),
]
