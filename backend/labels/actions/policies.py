"""How a country assesses applications for quality labels."""

from django.db import transaction

from backend.accounts.models import Person
from backend.agencies.actions import explain_if_central, stand_in
from backend.agencies.models import Agency
from backend.agencies.permissions import can_lead
from backend.core.guards import allow, ensure
from backend.eventlog.record import record
from backend.labels.events import LabelPolicySet
from backend.labels.models import LabelPolicy
from backend.labels.models.grids import policy_of
from backend.schools.models import Country

ASSESSORS = (1, 2)
MOST_DAYS = 120


@transaction.atomic
def set_label_policy(
    country: Country, *, actor: Person, assessors: int | None = None, target_working_days: int | None = None,
    reason: str = "",
) -> Agency:  # fmt: skip
    """How many assessors look at an application, and within how many working days it is decided; applications that came
    in before keep what they had."""
    country = Country.objects.select_for_update(no_key=True).get(pk=country.pk)
    agency = Agency.objects.select_related("country").get(country=country)
    allow(can_lead(actor, agency.pk))
    explain_if_central(actor, reason)
    ensure(assessors is None or assessors in ASSESSORS, "assessors_out_of_range", field="assessors")
    days = target_working_days is None or 1 <= target_working_days <= MOST_DAYS
    ensure(days, "working_days_out_of_range", field="target_working_days", limit=MOST_DAYS)
    given, policy = {"assessors": assessors, "target_working_days": target_working_days}, policy_of(country.pk)
    wanted = {name: value for name, value in given.items() if value is not None and value != getattr(policy, name)}
    if wanted:
        LabelPolicy.objects.update_or_create(country=country, defaults=wanted)
        stand_in(actor, reason, country.pk)
        record(LabelPolicySet(agency, {name: str(value) for name, value in wanted.items()}), actor=actor)
    return agency
