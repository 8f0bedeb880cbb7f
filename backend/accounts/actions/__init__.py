from backend.accounts.actions.addresses import change_email
from backend.accounts.actions.consent import accept_consent
from backend.accounts.actions.credentials import (
    change_password,
    create_token,
    end_session,
    request_password_reset,
    reset_password,
    revoke_token,
)
from backend.accounts.actions.profile import (
    answer_information,
    confirm_email,
    register_teacher,
    start_waiting,
    update_profile,
)
from backend.accounts.actions.second_factor import (
    activate_second_factor,
    confirm_second_factor,
    remove_second_factor,
    renew_recovery_codes,
    set_up_second_factor,
)

__all__ = [
    "accept_consent", "activate_second_factor", "answer_information", "change_email", "change_password", "confirm_email",
    "confirm_second_factor", "create_token", "end_session", "register_teacher", "remove_second_factor",
    "renew_recovery_codes", "request_password_reset", "reset_password", "revoke_token",
    "set_up_second_factor", "start_waiting", "update_profile",
]  # fmt: skip
