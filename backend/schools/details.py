"""What is written down about a school, and whose it is to change."""

from typing import Any

from backend.core import fields
from backend.core.text import tidy, tidy_lines
from backend.schools.models import School, SchoolType, search_text_of

# Those who work there keep these; all others are official: the agency's.
OWN = frozenset({"presentation", "web_site", "ages_from", "ages_to", "pupil_count"})
TEXTS = {
    "name": 200, "public_name": 200, "address": 200, "town": 120, "postal_code": 20, "region": 120,
    "other_region": 120, "official_number": 40, "web_site": 200, "principal_name": 160, "principal_email": 254,
}  # fmt: skip
OTHERS = {"type", "presentation", "ages_from", "ages_to", "pupil_count", "latitude", "longitude", "is_abroad"}


def checked(given: dict[str, Any], school: School | None = None) -> dict[str, Any]:
    """The given details as they are stored; refuses what cannot be. A change is looked at together with the rest."""
    assert set(given) <= {*TEXTS, *OTHERS}, f"not part of a school: {sorted(given)}"
    values = {name: tidy(value) if name in TEXTS else value for name, value in given.items()}
    fields.require(**{name: values[name] for name in ("name", "town") if name in values})
    for name, length in TEXTS.items():
        fields.limit(length, **{name: values.get(name, "")})
    if "presentation" in values:
        values["presentation"] = tidy_lines(values["presentation"])
        fields.limit(fields.TEXT_LIMIT, presentation=values["presentation"])
    if "type" in values:
        fields.check_codes("type", [values["type"]], SchoolType.values)
    if "official_number" in values:
        values["official_number"] = values["official_number"].upper()
    if values.get("web_site"):
        values["web_site"] = fields.web_address(web_site=values["web_site"])
    if values.get("principal_email"):
        values["principal_email"] = fields.email_address(principal_email=values["principal_email"])
    whole = school or School()
    fields.check_place(*(values.get(name, getattr(whole, name)) for name in ("latitude", "longitude")))
    fields.check_ages(*(values.get(name, getattr(whole, name)) for name in ("ages_from", "ages_to")))
    searched = ("name", "town", "public_name")
    if set(searched) & set(values):
        values["search_text"] = search_text_of(*(values.get(name, getattr(whole, name)) for name in searched))
    return values
