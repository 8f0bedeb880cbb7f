"""Labels that were awarded, and nominations for the European one."""

from decimal import Decimal

from django.db import models
from django.db.models import Min

from backend.accounts.models import Person
from backend.core.models import Entity, EntityQuerySet
from backend.labels.models.applications import LabelApplication
from backend.labels.models.grids import OpenQuerySet
from backend.projects.models import Project
from backend.schools.models import Country, School

Standing = tuple[int, Decimal]


class NationalLabelQuerySet(OpenQuerySet["NationalLabel"]):
    def of_project(self, project: Project) -> Standing:
        """In how many countries the project has a label, and the average of their points."""
        rows = list(self.filter(project=project).values_list("country", "points"))
        average = sum((points for _, points in rows), Decimal(0)) / len(rows) if rows else Decimal(0)
        return len({country for country, _ in rows}), average

    def first_year(self, project: Project, country: str) -> int | None:
        """The school year in which the country first awarded the project."""
        year: int | None = self.filter(project=project, country=country).aggregate(first=Min("school_year"))["first"]
        return year

    def projects_of(self, country: str, school_year: int) -> int:
        """How many projects the country awarded in that school year for the first time."""
        firsts = self.filter(country=country).order_by().values("project").annotate(first=Min("school_year"))
        return firsts.filter(first=school_year).count()


class NationalLabel(Entity):
    """A teacher's national quality label: public on the project. The points are not."""

    application = models.OneToOneField(LabelApplication, models.PROTECT, related_name="label")
    project = models.ForeignKey(Project, models.PROTECT, related_name="labels")
    person = models.ForeignKey(Person, models.PROTECT, related_name="national_labels")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    school_year = models.PositiveSmallIntegerField()
    points = models.DecimalField(max_digits=5, decimal_places=2)

    objects = NationalLabelQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["country", "school_year"], name="national_label_year"),)

    def __str__(self) -> str:
        return f"{self.country_id} {self.school_year}"


class LabelNominationQuerySet(EntityQuerySet["LabelNomination"]):
    def visible_to(self, viewer: Person | None) -> "LabelNominationQuerySet":
        """The nominating country's agency, and the central service."""
        return self.filter(viewer.oversees.where("country")) if viewer else self.none()


class LabelNomination(Entity):
    """A country proposes a project for the European label; the school year is that of the country's award."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="label_nominations")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    school_year = models.PositiveSmallIntegerField()
    nominated_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    objects = LabelNominationQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["project", "country"], name="label_nomination_once"),)

    def __str__(self) -> str:
        return f"{self.project_id} by {self.country_id}"


class EuropeanLabel(Entity):
    """The European quality label of a project."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="european_label")
    school_year = models.PositiveSmallIntegerField()
    reason = models.TextField()
    awarded_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    objects = OpenQuerySet["EuropeanLabel"].as_manager()

    def __str__(self) -> str:
        return f"{self.project_id} {self.school_year}"
