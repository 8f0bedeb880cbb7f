"""Who works at the demo's agencies."""

from backend.accounts.models import Person


def at_agency(name: str) -> Person:
    """By the first part of the address: `officer.fr`, `lead.SE`, `central`."""
    return Person.objects.get(login=f"{name.lower()}@agency.example")
