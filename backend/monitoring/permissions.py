"""Who reads figures, and who publishes them."""

from backend.accounts.models import Person
from backend.agencies.permissions import can_decide_for
from backend.projects.models import Project


def can_read_statistics(viewer: Person, country: str) -> bool:
    """Officers of the country and the central service."""
    return viewer.oversees.covers(country)


def can_publish_statistics(actor: Person, country: str) -> bool:
    """Officers and leads of the country, and the central service."""
    return can_decide_for(actor, country)


def can_contact_founders(actor: Person, project: Project) -> bool:
    """Whoever decides for a founder's country, or for the region of one's school; and the central service."""
    return any(can_decide_for(actor, founder.country_id, founder) for founder in project.founders)
