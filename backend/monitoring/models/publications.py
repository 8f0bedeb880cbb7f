"""Statistics that a country has published."""

from django.db import models
from django.utils.translation import gettext as _

from backend.accounts.models import Person
from backend.core.models import Entity, EntityQuerySet
from backend.schools.countries import country_label
from backend.schools.models import Country


class PublicationQuerySet(EntityQuerySet["Publication"]):
    def visible_to(self, viewer: Person | None) -> "PublicationQuerySet":
        """Everybody, until it is withdrawn; then the country's agency."""
        seen = models.Q(withdrawn_at=None)
        if viewer is not None:
            seen |= viewer.oversees.where("country")
        return self.filter(seen)

    def shown_by(self, country: str) -> "Publication | None":
        """What a country shows at the moment."""
        return self.filter(country=country, withdrawn_at=None).order_by("-pk").first()

    def newest_shown(self, country: str = "") -> "PublicationQuerySet":
        """What each country shows at the moment, or one of them."""
        shown = self.filter(withdrawn_at=None)
        newer = shown.filter(country=models.OuterRef("country"), pk__gt=models.OuterRef("pk"))
        found = shown.filter(country=country) if country else shown
        return found.filter(~models.Exists(newer)).order_by("country")


class Publication(Entity):
    """The figures of one country and period with small numbers hidden: null in `counts` and `tables`."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="publications")
    since = models.DateField()
    until = models.DateField()
    counts = models.JSONField()
    tables = models.JSONField()
    published_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["country", "id"], name="publication_latest"),)

    def __str__(self) -> str:
        named = {"country": country_label(self.country_id), "since": self.since, "until": self.until}
        return _("%(country)s, %(since)s to %(until)s") % named
