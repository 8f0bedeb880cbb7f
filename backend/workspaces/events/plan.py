"""What happens to activities and meetings."""

from django.utils.translation import gettext_lazy as _

from backend.workspaces.events.content import InsideFact, TeachersTold


class ActivityPlanned(InsideFact):
    kind = "workspace.activity_planned"
    wording = _("%(actor)s planned an activity.")


class ActivityEdited(InsideFact):
    kind = "workspace.activity_edited"
    wording = _("%(actor)s changed an activity.")


class ActivityCompleted(InsideFact):
    kind = "workspace.activity_completed"
    wording = _("%(actor)s completed an activity.")


class ActivityReopened(InsideFact):
    kind = "workspace.activity_reopened"
    wording = _("%(actor)s took an activity up again.")


class ActivityRemoved(InsideFact):
    kind = "workspace.activity_removed"
    wording = _("%(actor)s removed an activity.")


class MeetingPlanned(TeachersTold):
    kind = "workspace.meeting_planned"
    wording = _("%(actor)s planned a meeting.")


class MeetingEdited(TeachersTold):
    kind = "workspace.meeting_edited"
    wording = _("%(actor)s changed a meeting.")


class MeetingCancelled(TeachersTold):
    kind = "workspace.meeting_cancelled"
    wording = _("%(actor)s cancelled a meeting.")
