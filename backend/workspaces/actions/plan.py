"""Activities and meetings."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from backend.accounts.models import Person
from backend.core import clock, fields
from backend.core.guards import allow, ensure, ensure_version
from backend.core.models import change
from backend.core.text import tidy
from backend.eventlog.record import record
from backend.workspaces.events import (
    ActivityCompleted,
    ActivityEdited,
    ActivityPlanned,
    ActivityRemoved,
    ActivityReopened,
    MeetingCancelled,
    MeetingPlanned,
)
from backend.workspaces.models import Activity, Audience, Meeting, Workspace
from backend.workspaces.permissions import can_plan, can_remove
from backend.workspaces.room import check_audience, ensure_open, ensure_there, enter, take_away, text_of, title_of

LONGEST_MEETING = timedelta(hours=12)
FARTHEST_MEETING = timedelta(days=730)
WHO_LIMIT = 300


@transaction.atomic
def plan_activity(
    workspace: Workspace, *, actor: Person, title: str, text: str = "", who: str = "",
    starts_on: date | None = None, ends_on: date | None = None,
) -> Activity:  # fmt: skip
    """A step of the plan: what, who does it, from when to when."""
    allow(can_plan(enter(workspace, actor)))
    ensure_open(workspace)
    clean = _checked(Activity(), title=title, text=text, who=who, starts_on=starts_on, ends_on=ends_on)
    activity = Activity.objects.create(workspace=workspace, author=actor, **clean)
    record(ActivityPlanned(activity), actor=actor)
    return activity


@transaction.atomic
def edit_activity(activity: Activity, *, actor: Person, expected_version: int, **typed: Any) -> Activity:
    """Change title, text, who, starts_on, ends_on; who edits an old version gets both texts back."""
    activity = Activity.objects.lock(activity)
    allow(can_plan(enter(activity.workspace, actor)))
    ensure_open(activity.workspace)
    ensure_there(activity)
    clean = _checked(activity, **typed)
    stored = {name: _plain(getattr(activity, name)) for name in clean}
    written = {name: _plain(value) for name, value in clean.items()}
    ensure_version(expected_version, activity.version, stored=stored, typed=written)
    if written != stored:
        change(activity, **clean, version=activity.version + 1)
        record(ActivityEdited(activity), actor=actor)
    return activity


@transaction.atomic
def complete_activity(activity: Activity, *, actor: Person, is_done: bool = True) -> Activity:
    """It is done; or, after all, not yet."""
    activity = Activity.objects.lock(activity)
    allow(can_plan(enter(activity.workspace, actor)))
    ensure_open(activity.workspace)
    ensure_there(activity)
    if is_done == (activity.completed_at is None):
        done = {"completed_at": clock.now() if is_done else None, "completed_by": actor if is_done else None}
        change(activity, **done)
        record(ActivityCompleted(activity) if is_done else ActivityReopened(activity), actor=actor)
    return activity


@transaction.atomic
def remove_activity(activity: Activity, *, actor: Person) -> Activity:
    activity = Activity.objects.lock(activity)
    allow(can_plan(enter(activity.workspace, actor)))
    ensure_open(activity.workspace)
    ensure_there(activity)
    record(ActivityRemoved(take_away(activity, actor)), actor=actor)
    return activity


@transaction.atomic
def plan_meeting(
    workspace: Workspace, *, actor: Person, title: str, starts_at: datetime, ends_at: datetime, link: str = "",
    text: str = "", audience: str = Audience.MEMBERS,
) -> Meeting:  # fmt: skip
    """A date to meet: at the address given, else on the platform's own meeting service."""
    me = enter(workspace, actor)
    allow(can_plan(me))
    ensure_open(workspace)
    link = fields.web_address(link=link) if link else ""
    ensure(bool(link) or fields.has_meeting_service(), "meeting_link_missing", field="link")
    ensure(starts_at < ends_at, "dates_reversed", field="ends_at")
    ensure(clock.now() < ends_at, "meeting_in_the_past", field="ends_at")
    ensure(ends_at - starts_at <= LONGEST_MEETING, "meeting_too_long", field="ends_at", limit=12)
    ensure(starts_at - clock.now() <= FARTHEST_MEETING, "date_too_far", field="starts_at")
    meeting = Meeting.objects.create(
        workspace=workspace, author=actor, title=title_of(title), text=text_of(text=text), starts_at=starts_at,
        ends_at=ends_at, link=link, audience=check_audience(me, audience),
    )  # fmt: skip
    record(MeetingPlanned(meeting), actor=actor)
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, actor: Person) -> Meeting:
    """Any teacher of the workspace."""
    meeting = Meeting.objects.lock(meeting)
    allow(can_remove(enter(meeting.workspace, actor), meeting))
    ensure_open(meeting.workspace)
    ensure_there(meeting)
    record(MeetingCancelled(take_away(meeting, actor)), actor=actor)
    return meeting


def _checked(activity: Activity, **typed: Any) -> dict[str, Any]:
    clean = dict(typed)
    if "title" in clean:
        clean["title"] = title_of(clean["title"])
    if "text" in clean:
        clean["text"] = text_of(text=clean["text"])
    if "who" in clean:
        clean["who"] = tidy(clean["who"])
        fields.limit(WHO_LIMIT, who=clean["who"])
    start, end = (clean.get(name, getattr(activity, name)) for name in ("starts_on", "ends_on"))
    ensure(not (start and end) or start <= end, "dates_reversed", field="ends_on")
    return clean


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
