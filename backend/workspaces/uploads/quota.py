"""How much may be uploaded: what the founders' countries allow, the more generous one for everybody."""

from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import F, Max, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from backend.projects.models import ProjectMember
from backend.workspaces.models import File, Workspace

MEGABYTE = 1024 * 1024
KINDS = ("file", "video", "workspace")


class Quota(NamedTuple):
    """In megabytes."""

    file: int
    video: int
    workspace: int


def within_server(*, file: int, video: int, workspace: int) -> Quota:
    """What countries allow, as far as the server takes it: a larger body is cut off before any rule sees it."""
    most = settings.UPLOAD_MEGABYTES
    return Quota(min(file, most), min(video, most), workspace)


def quota_of(workspace: Workspace) -> Quota:
    founders = ProjectMember.objects.filter(project=workspace.project_id, founder_position__isnull=False)
    return within_server(**founders.aggregate(**{kind: Max(f"country__{kind}_megabytes") for kind in KINDS}))


def taken_in(workspace: Workspace) -> int:
    """Bytes of what has not been removed."""
    return _there().filter(workspace=workspace).aggregate(total=Sum("size"))["total"] or 0


def quota_in(kind: str) -> Subquery:
    """One limit as an annotation of workspaces."""
    founders = ProjectMember.objects.filter(project=OuterRef("project"), founder_position__isnull=False)
    largest = founders.order_by(F(f"country__{kind}_megabytes").desc())
    return Subquery(largest.values(f"country__{kind}_megabytes")[:1])


def bytes_in() -> Coalesce:
    """What is taken, as an annotation of workspaces."""
    sizes = _there().filter(workspace=OuterRef("pk")).order_by().values("workspace")
    return Coalesce(Subquery(sizes.annotate(total=Sum("size")).values("total")), 0)


def _there() -> Any:
    return File.objects.filter(removed_at=None)
