"""How far a project, a place in it and a decision have come."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProjectState(models.TextChoices):
    DRAFT = "DRAFT", _("Draft")
    PENDING_PARTNER = "PENDING_PARTNER", _("Waiting for the partner")
    PENDING_APPROVAL = "PENDING_APPROVAL", _("Waiting for approval")
    CHANGES_REQUESTED = "CHANGES_REQUESTED", _("Changes requested")
    OPEN = "OPEN", _("Open")
    CLOSED = "CLOSED", _("Closed")
    ARCHIVED = "ARCHIVED", _("Archived")
    DECLINED_BY_PARTNER = "DECLINED_BY_PARTNER", _("Declined by the partner")
    REFUSED = "REFUSED", _("Refused")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


EDITABLE = (ProjectState.DRAFT, ProjectState.CHANGES_REQUESTED, ProjectState.OPEN)
OPENED = (ProjectState.OPEN, ProjectState.CLOSED, ProjectState.ARCHIVED)
ENDED = (ProjectState.ARCHIVED, ProjectState.DECLINED_BY_PARTNER, ProjectState.REFUSED, ProjectState.WITHDRAWN)
WITHDRAWABLE = (
    ProjectState.DRAFT,
    ProjectState.PENDING_PARTNER,
    ProjectState.PENDING_APPROVAL,
    ProjectState.CHANGES_REQUESTED,
)


class ProjectRole(models.TextChoices):
    FOUNDER = "FOUNDER", _("Founder")
    PARTNER = "PARTNER", _("Partner")


class ProjectMemberState(models.TextChoices):
    INVITED = "INVITED", _("Invited")
    JOINED = "JOINED", _("Joined")
    DECLINED = "DECLINED", _("Declined")
    LEFT = "LEFT", _("Left")


class Outcome(models.TextChoices):
    PENDING = "PENDING", _("Waiting")
    APPROVED = "APPROVED", _("Approved")
    CHANGES_REQUESTED = "CHANGES_REQUESTED", _("Changes requested")
    REFUSED = "REFUSED", _("Refused")


PRESENT = (ProjectMemberState.INVITED, ProjectMemberState.JOINED)
