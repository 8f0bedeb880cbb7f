"""An officer's own account."""

from tests.dashboard.addresses.world import ASK, EVERY_OFFICER, Area

OWN = (302, 403, 403, ASK, ASK, ASK, ASK)  # a code is missing, or there is a second factor already

ACCOUNT = Area(
    reading={"second_factor": EVERY_OFFICER},
    deciding=dict.fromkeys(
        ("set_up_second_factor", "activate_second_factor", "renew_recovery_codes", "remove_second_factor"), OWN
    ),
)
