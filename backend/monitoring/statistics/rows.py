"""The rows behind a figure: written apart from the counting, so that the two can be held against each other."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person, PersonKind, PersonState
from backend.eventlog.models import Event
from backend.labels.models import LabelApplication, LabelState
from backend.moderation.models import Report, ReportState
from backend.monitoring.days import during
from backend.monitoring.models import Pulse, Work
from backend.monitoring.rollups.projects import BANDS
from backend.projects.models import OPENED, Decision, Outcome, Project, ProjectMember, ProjectState
from backend.schools.models import School, SchoolState


@dataclass(frozen=True)
class Asked:
    """Of a country (blank: all), with a code, in days that both count; open where none is given."""

    country: str
    code: str = ""
    since: date | None = None
    until: date | None = None

    def within(self, path: str) -> Q:
        return during(path, self.since, self.until)

    def here(self, path: str = "country") -> Q:
        return Q(**{path: self.country}) if self.country else Q()


def staff(asked: Asked) -> QuerySet[Person]:
    found = Person.objects.filter(asked.here(), asked.within("created_at"), kind=PersonKind.STAFF)
    return _by(found.filter(state=PersonState.VALIDATED, country__isnull=False), F("created_at"))


def validated(asked: Asked) -> QuerySet[Person]:
    """Whose first validation fell into the period, after a confirmed address."""
    told = Event.objects.filter(subject_id=OuterRef("pk"), kind="person.validated").order_by().values("subject_id")
    first = Subquery(told.annotate(first=Min("at")).values("first"))
    confirmed = Event.objects.filter(subject_id=OuterRef("pk"), kind="person.email_confirmed")
    found = Person.objects.filter(asked.here(), Exists(confirmed), kind=PersonKind.STAFF)
    found = found.annotate(first_validated=first).filter(first_validated__isnull=False, country__isnull=False)
    return _by(found.filter(asked.within("first_validated")), F("first_validated"))


def schools(asked: Asked) -> QuerySet[School]:
    found = School.objects.filter(asked.here(), asked.within("created_at"), state=SchoolState.VALIDATED)
    return _by(found.filter(type=asked.code) if asked.code else found, F("created_at"))


def projects(asked: Asked) -> QuerySet[Project]:
    """That reached the agencies."""
    founders = ProjectMember.objects.filter(project=OuterRef("pk"), founder_position__isnull=False)
    found = Project.objects.filter(round__gt=0)
    return found.filter(Exists(founders.filter(country=asked.country))) if asked.country else found


def pairs(asked: Asked, *, state: str = "") -> QuerySet[Project]:
    found = _with_partner(projects(asked), asked).filter(asked.within("created_at"))
    return _by(found.filter(state=state) if state else found, F("created_at"))


def opened(asked: Asked, **about: Any) -> QuerySet[Project]:
    found = _with_partner(projects(asked), asked).filter(
        asked.within("workspace__created_at"), state__in=OPENED, **about
    )
    return _by(found, F("workspace__created_at"))


def opened_with(asked: Asked, *, path: str) -> QuerySet[Project]:
    return opened(replace(asked, code="")).filter(**{path: asked.code})


def opened_at_type(asked: Asked) -> QuerySet[Project]:
    founders = ProjectMember.objects.filter(project=OuterRef("pk"), founder_position__isnull=False)
    mine = founders.filter(asked.here(), school__type=asked.code)
    return opened(replace(asked, code="")).filter(Exists(mine))


def opened_for_age(asked: Asked) -> QuerySet[Project]:
    low, high = BANDS.get(asked.code, (0, 0))
    return opened(replace(asked, code="")).filter(ages_from__lte=high, ages_to__gte=low)


def worked_in(asked: Asked) -> QuerySet[Project]:
    """Open projects, by the day of their last work."""
    days = {"pulse__last_on__gte": asked.since, "pulse__last_on__lte": asked.until}
    beats = Pulse.objects.filter(project=OuterRef("pk"), project__lte=OuterRef("pk"))  # asked of each by itself
    found = _with_partner(projects(asked), asked).filter(Exists(beats), state=ProjectState.OPEN)
    return _by(found.filter(**{path: day for path, day in days.items() if day}), F("pulse__last_on"))


def open_with(asked: Asked, *, condition: Q) -> QuerySet[Project]:
    found = _with_partner(projects(asked), asked).filter(condition, state=ProjectState.OPEN, workspace__isnull=False)
    return _by(found, F("workspace__created_at"))


def active_rooms(asked: Asked) -> QuerySet[Project]:
    done = Work.objects.filter(day__range=(asked.since or date.min, asked.until or date.max))
    return _by(projects(asked).filter(workspace__in=done.values("workspace")), F("workspace__created_at"))


def applications(asked: Asked, *, states: tuple[str, ...] = ()) -> QuerySet[LabelApplication]:
    path = "state_since" if states else "created_at"
    found = LabelApplication.objects.filter(asked.here(), asked.within(path))
    return _by(found.filter(state__in=states) if states else found, F(path))


def reports_made(asked: Asked) -> QuerySet[Report]:
    found = Report.objects.filter(asked.here(), asked.within("created_at"))
    return _by(found.filter(category=asked.code) if asked.code else found, F("created_at"))


def reports_handled(asked: Asked) -> QuerySet[Report]:
    found = Report.objects.filter(asked.here(), asked.within("decided_at"), state=ReportState.DECIDED)
    return _by(found.filter(outcome=asked.code) if asked.code else found, F("decided_at"))


def decisions(asked: Asked) -> QuerySet[Decision]:
    """What people decided; not what policy did by itself."""
    found = Decision.objects.filter(asked.here(), asked.within("decided_at"), is_automatic=False)
    return _by(found.exclude(outcome=Outcome.PENDING).filter(decided_at__isnull=False), F("decided_at"))


def work(asked: Asked, *, kind: str) -> QuerySet[Work]:
    """Numbers by workspace, school and day; never what was written."""
    days = {"day__gte": asked.since, "day__lte": asked.until}
    found = Work.objects.filter(asked.here("school__country"), **{path: day for path, day in days.items() if day})
    return _by(found.filter(kind=kind), F("day"))


def _with_partner(found: QuerySet[Project], asked: Asked) -> QuerySet[Project]:
    """The code of a pair is the other founder's country."""
    if not asked.code:
        return found
    founders = ProjectMember.objects.filter(project=OuterRef("pk"), founder_position__isnull=False)
    home, abroad = founders.filter(country=asked.country), founders.filter(country=asked.code)
    if asked.code == asked.country:
        return found.filter(~Exists(founders.exclude(country=asked.country)))
    return found.filter(Exists(home), Exists(abroad))


def _by(found: QuerySet[Any], moment: F) -> QuerySet[Any]:
    dated: QuerySet[Any] = found.annotate(counted_on=moment)
    return dated


@dataclass(frozen=True)
class Behind:
    """What the list of a figure's rows is called, and how they are found."""

    title: str | Promise
    find: Callable[[Asked], QuerySet[Any]]


IDLE, ONE_SIDED = Q(pulse=None), Q(pulse__one_on=None) ^ Q(pulse__other_on=None)
BEHIND = {
    "staff": Behind(_("Registered staff"), staff),
    "validated": Behind(_("People validated"), validated),
    "schools": Behind(_("Schools"), schools),
    "pair": Behind(_("Projects that reached the agencies"), pairs),
    "pair_open": Behind(_("Open projects"), partial(pairs, state=ProjectState.OPEN)),
    "pair_waiting": Behind(_("Projects waiting for approval"), partial(pairs, state=ProjectState.PENDING_APPROVAL)),
    "opened": Behind(_("Projects opened"), opened),
    "started": Behind(_("Opened projects that became active"), partial(opened, pulse__isnull=False)),
    "opened_subject": Behind(_("Projects opened, by subject"), partial(opened_with, path="subjects")),
    "opened_language": Behind(_("Projects opened, by language"), partial(opened_with, path="languages")),
    "opened_type": Behind(_("Projects opened, by type of school"), opened_at_type),
    "opened_age": Behind(_("Projects opened, by age of pupils"), opened_for_age),
    "last_work": Behind(_("Open projects by their last work"), worked_in),
    "idle": Behind(_("Open projects that never started"), partial(open_with, condition=IDLE)),
    "one_sided": Behind(_("One-sided projects"), partial(open_with, condition=Q(pulse__isnull=False) & ONE_SIDED)),
    "workspaces_active": Behind(_("Active workspaces"), active_rooms),
    "label_applications": Behind(_("Label applications"), applications),
    "labels_awarded": Behind(_("Labels awarded"), partial(applications, states=(LabelState.AWARDED,))),
    "labels_refused": Behind(_("Labels refused"), partial(applications, states=(LabelState.REFUSED,))),
    "labels_decided": Behind(
        _("Label applications decided"), partial(applications, states=(LabelState.AWARDED, LabelState.REFUSED))
    ),
    "reports_made": Behind(_("Reports made"), reports_made),
    "reports_handled": Behind(_("Reports handled"), reports_handled),
    "decisions": Behind(_("Decisions on projects"), decisions),
    **{
        kind: Behind(title, partial(work, kind=kind))
        for kind, title in (
            ("posts", _("Posts written")), ("updates", _("News posted")), ("files", _("Files added")),
            ("other", _("Other work")),
        )
    },
}  # fmt: skip
