"""National agencies, the central service, and their officers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.accounts.scope import Scope
from backend.core.models import Entity
from backend.schools.models import Country


class OfficerRole(models.TextChoices):
    VIEWER = "VIEWER", _("Viewer")
    OFFICER = "OFFICER", _("Officer")
    LEAD = "LEAD", _("Lead")


class Agency(Entity):
    """A country's national support organisation; the one without a country is the central service."""

    name = models.CharField(max_length=160)
    country = models.OneToOneField(Country, models.PROTECT, null=True, blank=True, related_name="agency")
    email = models.EmailField(blank=True)
    web_site = models.URLField(blank=True)

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Officer(Entity):
    """A person's appointment at an agency."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="officer")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="officers")
    role = models.CharField(max_length=10, choices=OfficerRole.choices, default=OfficerRole.OFFICER)

    def __str__(self) -> str:
        return f"{self.person_id} at {self.agency_id}"

    @property
    def is_central(self) -> bool:
        return self.agency.country_id is None

    @property
    def scope(self) -> Scope:
        if self.agency.country_id is None:
            return Scope(everywhere=True)
        return Scope(frozenset({self.agency.country_id}))
