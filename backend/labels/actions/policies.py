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


@transaction.atomic
def set_label_policy(country: Country, *, actor: Person, assessors: int, reason: str = "") -> Agency:
    """How many assessors look at an application; those that came in before keep the number they had."""
    country = Country.objects.select_for_update(no_key=True).get(pk=country.pk)
    agency = Agency.objects.select_related("country").get(country=country)
    allow(can_lead(actor, agency.pk))
    explain_if_central(actor, reason)
    ensure(assessors in ASSESSORS, "assessors_out_of_range", field="assessors")
    if assessors != policy_of(country.pk).assessors:
        LabelPolicy.objects.update_or_create(country=country, defaults={"assessors": assessors})
        stand_in(actor, reason, country.pk)
        record(LabelPolicySet(agency, {"assessors": str(assessors)}), actor=actor)
    return agency
