"""What an officer would look up about a request, looked up already."""

from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.schools.models import School, SchoolState
from backend.schools.search import Duplicate, duplicates_of

# By the name before the ending, so that every country's ending is meant.
PRIVATE = frozenset(
    [
        "abv",
        "aol",
        "free",
        "gmail",
        "gmx",
        "googlemail",
        "hotmail",
        "icloud",
        "interia",
        "laposte",
        "libero",
        "live",
        "mail",
        "me",
        "msn",
        "o2",
        "onet",
        "orange",
        "outlook",
        "proton",
        "protonmail",
        "sapo",
        "seznam",
        "t-online",
        "telenet",
        "ukr",
        "wanadoo",
        "web",
        "wp",
        "yahoo",
    ]
)


class EmailFit(models.TextChoices):
    """Whether an address belongs to the school's web site."""

    FITS = "FITS", _("E-mail fits the school’s web site")
    DIFFERS = "DIFFERS", _("E-mail differs from the school’s web site")
    PRIVATE = "PRIVATE", _("Private e-mail provider")
    UNKNOWN = "UNKNOWN", _("School without a web site")


def email_fit(person: Person, school: School | None) -> EmailFit:
    """The address's domain and the web site's host: the same, or one inside the other."""
    domain = person.email.rpartition("@")[2].casefold()
    if domain.split(".")[-2:][0] in PRIVATE:
        return EmailFit.PRIVATE
    host = (urlsplit(school.web_site if school else "").hostname or "").removeprefix("www.")
    if not host:
        return EmailFit.UNKNOWN
    fits = domain == host or host.endswith(f".{domain}") or domain.endswith(f".{host}")
    return EmailFit.FITS if fits else EmailFit.DIFFERS


def similar_schools(school: School) -> list[Duplicate]:
    """Schools that a proposed one may be already; none for a school that has been decided."""
    return duplicates_of(school) if school.state == SchoolState.PROPOSED else []
