"""All queues by their names."""

from django.http import Http404

from dashboard.views.queues.kinds.help import HELP
from dashboard.views.queues.kinds.kind import Kind
from dashboard.views.queues.kinds.labels import LABELS
from dashboard.views.queues.kinds.people import PEOPLE
from dashboard.views.queues.kinds.projects import PROJECTS
from dashboard.views.queues.kinds.reports import REPORTS
from dashboard.views.queues.kinds.schools import SCHOOLS

KINDS = {kind.name: kind for kind in (PEOPLE, SCHOOLS, PROJECTS, REPORTS, LABELS, HELP)}


def kind_of(name: str) -> Kind:
    try:
        return KINDS[name]
    except KeyError:
        raise Http404 from None
