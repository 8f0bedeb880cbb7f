"""All queues by their names."""

from django.http import Http404

from dashboard.views.queues.help import HELP
from dashboard.views.queues.kinds import Kind
from dashboard.views.queues.labels import LABELS
from dashboard.views.queues.people import PEOPLE
from dashboard.views.queues.projects import PROJECTS
from dashboard.views.queues.reports import REPORTS
from dashboard.views.queues.schools import SCHOOLS

KINDS = {kind.name: kind for kind in (PEOPLE, SCHOOLS, PROJECTS, REPORTS, LABELS, HELP)}


def kind_of(name: str) -> Kind:
    try:
        return KINDS[name]
    except KeyError:
        raise Http404 from None
