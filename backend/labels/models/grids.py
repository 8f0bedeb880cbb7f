"""Grids: what is looked at, how many points it can get and needs; and each country's policy."""

from typing import TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from backend.accounts.models import Person
from backend.core import clock
from backend.core.models import Entity, EntityQuerySet
from backend.schools.models import Country

R = TypeVar("R", bound=models.Model)


class OpenQuerySet(EntityQuerySet[R]):
    """Rows that are nobody's secret."""

    def visible_to(self, viewer: Person | None) -> "OpenQuerySet[R]":
        """Everybody."""
        return self.all()


class LabelGridQuerySet(OpenQuerySet["LabelGrid"]):
    def current(self) -> "LabelGridQuerySet":
        """The newest one in force; an application keeps the grid it was sent under."""
        newest = LabelGrid.objects.filter(valid_from__lte=clock.now().date()).order_by("-version")[:1]
        return self.filter(pk__in=list(newest.values_list("pk", flat=True)))


class LabelGrid(Entity):
    """One version of the grid: data, changed by a new version only."""

    version = models.PositiveSmallIntegerField(unique=True)
    valid_from = models.DateField()
    threshold = models.PositiveSmallIntegerField()
    european_above = models.PositiveSmallIntegerField()

    objects = LabelGridQuerySet.as_manager()

    def __str__(self) -> str:
        return f"v{self.version}"

    def marked(self) -> dict[str, "LabelCriterion"]:
        """What points are given to, by code: parts, and criteria without parts."""
        leaves = (leaf for each in self.criteria.prefetch_related("parts") for leaf in each.parts.all() or [each])
        return {leaf.code: leaf for leaf in leaves}


class LabelCriterion(Entity):
    """A criterion of a grid, or a part of a criterion."""

    grid = models.ForeignKey(LabelGrid, models.CASCADE, null=True, blank=True, related_name="criteria")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    labels = models.JSONField()
    minimum = models.PositiveSmallIntegerField(default=0)
    maximum = models.PositiveSmallIntegerField()

    objects = OpenQuerySet["LabelCriterion"].as_manager()

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["grid", "code"], name="label_criterion_once"),
            models.UniqueConstraint(fields=["parent", "code"], name="label_part_once"),
            models.CheckConstraint(name="label_points", condition=Q(minimum__lte=F("maximum"))),
            models.CheckConstraint(
                name="label_criterion_or_part",
                condition=Q(grid__isnull=True, parent__isnull=False) | Q(grid__isnull=False, parent__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """In the active language, or in English."""
        labels: dict[str, str] = self.labels
        return labels.get(get_language() or "en", labels["en"])


class LabelPolicy(models.Model):
    """How a country assesses: by how many officers, and within how many working days; without a row, one and 30."""

    country = models.OneToOneField(Country, models.PROTECT, primary_key=True, related_name="label_policy")
    assessors = models.PositiveSmallIntegerField(default=1)
    target_working_days = models.PositiveSmallIntegerField(default=30)

    class Meta:
        verbose_name_plural = "label policies"
        constraints = (models.CheckConstraint(name="label_assessors", condition=Q(assessors__in=(1, 2))),)

    def __str__(self) -> str:
        return f"{self.country_id}: {self.assessors}"


def policy_of(country: str) -> LabelPolicy:
    """What the country wants, or what holds where nobody said anything."""
    return LabelPolicy.objects.filter(country=country).first() or LabelPolicy(country_id=country)


def loaded_policy(country: Country) -> LabelPolicy:
    """The same, where the country was loaded with its policy."""
    policy: LabelPolicy | None = getattr(country, "label_policy", None)
    return policy or LabelPolicy(country_id=country.pk)
