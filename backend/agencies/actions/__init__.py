from backend.agencies.actions.deciding import explain_if_central, settle, stand_in
from backend.agencies.actions.officers import (
    accept_appointment,
    appoint_officer,
    change_officer,
    dismiss_officer,
    reset_second_factor,
)
from backend.agencies.actions.people import (
    name_ambassador,
    reject_teacher,
    request_information,
    restore_teacher,
    revoke_teacher,
    validate_teacher,
    validate_teachers,
)
from backend.agencies.actions.policies import edit_agency, set_policy
from backend.agencies.actions.schools import (
    close_school,
    edit_school,
    merge_schools,
    reject_school,
    reopen_school,
    validate_school,
)

__all__ = [
    "accept_appointment", "appoint_officer", "change_officer", "close_school", "dismiss_officer", "edit_agency",
    "edit_school", "explain_if_central", "merge_schools", "name_ambassador", "reject_school", "reject_teacher",
    "reopen_school", "request_information", "reset_second_factor", "restore_teacher", "revoke_teacher", "set_policy",
    "settle", "stand_in", "validate_school", "validate_teacher", "validate_teachers",
]  # fmt: skip
