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
    search_text_of,
    start_waiting,
    update_profile,
)

__all__ = [
    "accept_consent", "answer_information", "change_password", "confirm_email", "create_token", "end_session",
    "register_teacher", "request_password_reset", "reset_password", "revoke_token", "search_text_of", "start_waiting",
    "update_profile",
]  # fmt: skip
