"""Projects opened in a period, by partner country, subject, language, type of school and age of pupils."""

from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from backend.projects.models import OPENED, Project, ProjectMember

BANDS = {"3-6": (3, 6), "7-11": (7, 11), "12-15": (12, 15), "16-20": (16, 20)}


def opened_in(country: str, since: date, until: date) -> QuerySet[Project]:
    """Projects with a founder of the country whose last approval fell into the period."""
    mine = ProjectMember.objects.filter(country=country, founder_position__isnull=False)
    opened = Project.objects.filter(state__in=OPENED, pk__in=mine.values("project"))
    return opened.annotate(opened_at=Max("decisions__decided_at")).filter(opened_at__date__range=(since, until))


def breakdowns(country: str, since: date, until: date) -> dict[str, dict[str, int]]:
    keys = list(opened_in(country, since, until).values_list("pk", flat=True))
    projects = Project.objects.filter(pk__in=keys)
    founders = ProjectMember.objects.filter(project__in=keys, founder_position__isnull=False)
    abroad = founders.exclude(country=country)
    home = founders.filter(country=country)
    bands = {
        name: Count("pk", filter=Q(ages_from__lte=last, ages_to__gte=first)) for name, (first, last) in BANDS.items()
    }
    return {
        "partner_countries": _counted(abroad, "country"),
        "subjects": _counted(projects.exclude(subjects=None), "subjects"),
        "languages": _counted(projects.exclude(languages=None), "languages"),
        "school_types": _counted(home, "school__type"),
        "ages": projects.aggregate(**bands),
    }


def _counted(rows: QuerySet[Project] | QuerySet[ProjectMember], path: str) -> dict[str, int]:
    """How many projects have each value, most frequent first."""
    project = "pk" if rows.model is Project else "project"
    counted = rows.order_by().values_list(path).annotate(number=Count(project, distinct=True))
    return dict(sorted(counted, key=lambda row: (-row[1], row[0])))
