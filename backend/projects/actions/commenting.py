"""What founders say to each other about their text, and what an agency asks them to look at."""

from django.db import transaction

from backend.accounts.models import Person
from backend.core import clock, fields
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.core.text import tidy_lines
from backend.eventlog.record import record
from backend.projects.events import ProjectCommented, ProjectCommentResolved, ProjectRemarked
from backend.projects.models import Project, ProjectComment
from backend.projects.permissions import is_editable, is_founder, side_of_comments
from backend.projects.text import LINES, LISTS, VALUES

COMMENT_LIMIT = 2_000


@transaction.atomic
def comment_project(project: Project, *, actor: Person, text: str, about: str = "") -> ProjectComment:
    """A remark on the text, or on one field of it: of a founder while it can be edited, of an agency while it waits."""
    project = Project.objects.lock(project)
    side = side_of_comments(actor, project)
    allow(side is not None or is_founder(actor, project))
    if side is None:
        ensure(is_editable(project), "project_not_editable")
    text = tidy_lines(text)
    fields.require(text=text)
    fields.limit(COMMENT_LIMIT, text=text)
    fields.check_codes("about", [about] if about else [], ["title", *LINES, *VALUES, *LISTS])
    comment = ProjectComment.objects.create(project=project, author=actor, country_id=side, text=text, about=about)
    record(ProjectRemarked(project) if side else ProjectCommented(project), actor=actor)
    return comment


@transaction.atomic
def resolve_comment(comment: ProjectComment, *, actor: Person) -> ProjectComment:
    """It has been dealt with; both founders may say so."""
    comment = ProjectComment.objects.lock(comment)
    allow(is_founder(actor, comment.project))
    ensure(comment.resolved_at is None, "already_done")
    change(comment, resolved_at=clock.now())
    record(ProjectCommentResolved(comment.project), actor=actor)
    return comment
