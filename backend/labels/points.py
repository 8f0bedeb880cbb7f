"""Adding up what the assessors gave."""

from decimal import Decimal

from django.db.models import Sum

from backend.core.guards import ensure
from backend.labels.models import LabelApplication, LabelMark

CENTS = Decimal("0.01")


def average_points(application: LabelApplication) -> Decimal | None:
    """The mean of the assessors' totals; None before the first assessment."""
    counting = application.assessments.counting()
    count = counting.count()
    total = LabelMark.objects.filter(assessment__in=counting).aggregate(total=Sum("points"))["total"]
    return (Decimal(total or 0) / count).quantize(CENTS) if count else None


def below_minimum(application: LabelApplication) -> list[str]:
    """The names of what got, on the average of the assessors, less than its minimum."""
    counting = application.assessments.counting()
    count = counting.count()
    marks = LabelMark.objects.filter(assessment__in=counting).order_by()
    given: dict[str, int] = dict(marks.values_list("criterion__code").annotate(total=Sum("points")))
    marked = application.grid.marked()
    return [leaf.label for code, leaf in marked.items() if given.get(code, 0) < leaf.minimum * count]


def ensure_enough(application: LabelApplication) -> Decimal:
    """The average, if every assessor gave points and they reach the minimum everywhere and the threshold."""
    missing = application.assessors - application.assessments.counting().count()
    ensure(missing <= 0, "label_assessment_missing", missing=missing)
    points = average_points(application)
    assert points is not None
    low = below_minimum(application)
    ensure(not low, "label_minimum_missed", criteria=", ".join(low))
    threshold = application.grid.threshold
    ensure(points >= threshold, "label_threshold_missed", threshold=threshold)
    return points
