"""What a lead settles for the agency: contact details, and the country's policies."""

from django.conf import settings
from django.db import transaction

from backend.accounts.models import Person
from backend.agencies.actions.deciding import explain_if_central, stand_in
from backend.agencies.events import AgencyEdited, PolicySet
from backend.agencies.models import Agency
from backend.agencies.permissions import can_lead
from backend.core import fields
from backend.core.guards import allow, ensure, ensure_newest
from backend.core.models import change
from backend.core.text import tidy
from backend.eventlog.record import record
from backend.schools.models import ApprovalPolicy, Country

MOST_DAYS = 30
MEGABYTES = {  # a document is looked at in memory; a video never is
    "file_megabytes": (1, min(100, settings.UPLOAD_MEGABYTES)),
    "video_megabytes": (1, settings.UPLOAD_MEGABYTES),
    "workspace_megabytes": (100, 100 * 1024),
}
TEXTS = {"name": 160, "email": 254, "web_site": 200}


@transaction.atomic
def set_policy(
    country: Country,
    *,
    actor: Person,
    target_working_days: int | None = None,
    project_approval: str | None = None,
    reason: str = "",
    **megabytes: int | None,
) -> Agency:
    """How fast a country's agency answers, how it approves projects, how much may be uploaded (`megabytes`: see
    MEGABYTES). Requests that wait keep the day they were given."""
    country = Country.objects.select_for_update(no_key=True).get(pk=country.pk)
    agency = Agency.objects.get(country=country)
    allow(can_lead(actor, agency.pk))
    explain_if_central(actor, reason)
    assert set(megabytes) <= set(MEGABYTES), f"no policy: {sorted(megabytes)}"
    given = {"target_working_days": target_working_days, "approval": project_approval, **megabytes}
    wanted = {name: value for name, value in given.items() if value is not None}
    days = target_working_days is None or 1 <= target_working_days <= MOST_DAYS
    ensure(days, "working_days_out_of_range", field="target_working_days", limit=MOST_DAYS)
    fields.check_codes("project_approval", [project_approval] if project_approval else [], ApprovalPolicy.values)
    for name, (least, most) in MEGABYTES.items():
        size = megabytes.get(name)
        ensure(size is None or least <= size <= most, "megabytes_out_of_range", field=name, least=least, most=most)
    changed = {name: str(value) for name, value in wanted.items() if getattr(country, name) != value}
    if changed:
        Country.objects.filter(pk=country.pk).update(**wanted)
        stand_in(actor, reason, country.pk)
        record(PolicySet(agency, changed), actor=actor)
    agency.refresh_from_db()
    return agency


@transaction.atomic
def edit_agency(
    agency: Agency, *, actor: Person, reason: str = "", expected_version: int | None = None, **given: str
) -> Agency:
    """How the agency is called and reached; everybody reads it. Who edits an old version gets both texts back."""
    agency = Agency.objects.lock(agency)
    allow(can_lead(actor, agency.pk))
    explain_if_central(actor, reason)
    assert set(given) <= set(TEXTS), f"not part of an agency: {sorted(given)}"
    values = {name: tidy(value) for name, value in given.items()}
    fields.require(**{name: values[name] for name in ("name",) if name in values})
    for name, length in TEXTS.items():
        fields.limit(length, **{name: values.get(name, "")})
    if values.get("email"):
        values["email"] = fields.email_address(email=values["email"])
    if values.get("web_site"):
        values["web_site"] = fields.web_address(web_site=values["web_site"])
    ensure_newest(agency, expected_version, **values)
    if change(agency, **values):
        change(agency, version=agency.version + 1)
        stand_in(actor, reason, agency.country_id)
        record(AgencyEdited(agency), actor=actor)
    return agency
