"""What agencies may nominate for the European label, and what the central service finds nominated."""

from dataclasses import dataclass

from django.db.models import Avg, Count, Exists, Min, OuterRef, Prefetch, QuerySet, Subquery

from backend.accounts.models import Person
from backend.labels.actions.european import nominations_allowed
from backend.labels.models import EuropeanLabel, LabelNomination, NationalLabel
from backend.projects.models import Project
from backend.projects.models.project import ProjectQuerySet

AWARDED = Exists(EuropeanLabel.objects.filter(project=OuterRef("pk")))


@dataclass(frozen=True)
class Quota:
    """How many of a school year's awarded projects a country nominated, and how many it may."""

    used: int
    allowed: int

    @property
    def is_used_up(self) -> bool:
        return self.used >= self.allowed


def quota(country: str, school_year: int) -> Quota:
    used = LabelNomination.objects.filter(country=country, school_year=school_year).count()
    return Quota(used, nominations_allowed(NationalLabel.objects.projects_of(country, school_year)))


def awarded_in(country: str, school_year: int) -> ProjectQuerySet:
    """The projects that a country awarded in this school year for the first time, with how they stand."""
    firsts = NationalLabel.objects.filter(country=country).order_by().values("project")
    firsts = firsts.annotate(first=Min("school_year")).filter(first=school_year)
    nominated = LabelNomination.objects.filter(project=OuterRef("pk"), country=country)
    return _standing(Project.objects.filter(pk__in=firsts.values("project"))).annotate(is_nominated=Exists(nominated))


def nominated(officer: Person, *, is_awarded: bool) -> ProjectQuerySet:
    """The projects that any country nominated, as far as this officer may see it."""
    seen = LabelNomination.objects.visible_to(officer)
    found = Project.objects.filter(AWARDED if is_awarded else ~AWARDED, pk__in=seen.values("project"))
    return _standing(found).prefetch_related(Prefetch("label_nominations", seen, to_attr="nominations"))


def labelled(officer: Person) -> ProjectQuerySet:
    """The projects to which a country of this officer gave its label."""
    mine = NationalLabel.objects.filter(officer.oversees.where("country"), project=OuterRef("pk"))
    return Project.objects.filter(Exists(mine))


def _standing(projects: ProjectQuerySet) -> ProjectQuerySet:
    """With the number of countries that gave a label, the average of points, and whether it has the European one."""
    labels: QuerySet[NationalLabel] = NationalLabel.objects.filter(project=OuterRef("pk")).order_by()
    countries = labels.values("project").annotate(number=Count("country", distinct=True)).values("number")
    average = labels.values("project").annotate(number=Avg("points")).values("number")
    return projects.annotate(
        countries=Subquery(countries),
        average=Subquery(average),
        is_awarded=AWARDED,
    )
