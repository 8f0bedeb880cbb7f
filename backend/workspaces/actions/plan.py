"""Activities and meetings."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from backend.accounts.models import Person
from backend.core import clock, fields
from backend.core.guards import allow, ensure
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
    MeetingEdited,
    MeetingPlanned,
)
from backend.workspaces.models import Activity, Audience, Meeting, Workspace
from backend.workspaces.permissions import can_plan, can_remove, sees
from backend.workspaces.room import check_audience, ensure_open, ensure_there, enter, take_away, text_of, title_of
from backend.workspaces.versions import rewrite

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
    if rewrite(activity, actor=actor, expected=expected_version, typed=_checked(activity, **typed)):
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
    _check_times(starts_at, ends_at)
    meeting = Meeting.objects.create(
        workspace=workspace, author=actor, title=title_of(title), text=text_of(text=text), starts_at=starts_at,
        ends_at=ends_at, link=_link_of(link), audience=check_audience(me, audience),
    )  # fmt: skip
    record(MeetingPlanned(meeting), actor=actor)
    return meeting


@transaction.atomic
def edit_meeting(meeting: Meeting, *, actor: Person, expected_version: int, **typed: Any) -> Meeting:
    """Change title, text, link, starts_at, ends_at; everybody hears of another time."""
    meeting = Meeting.objects.lock(meeting)
    me = enter(meeting.workspace, actor)
    allow(can_plan(me) and sees(me, meeting))
    ensure_open(meeting.workspace)
    ensure_there(meeting)
    clean = dict(typed)
    for name, tidied in (("title", title_of), ("link", _link_of)):
        if name in clean:
            clean[name] = tidied(clean[name])
    if "text" in clean:
        clean["text"] = text_of(text=clean["text"])
    if {"starts_at", "ends_at"} & set(clean):
        _check_times(clean.get("starts_at", meeting.starts_at), clean.get("ends_at", meeting.ends_at))
    if rewrite(meeting, actor=actor, expected=expected_version, typed=clean):
        record(MeetingEdited(meeting), actor=actor)
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


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    ensure(starts_at < ends_at, "dates_reversed", field="ends_at")
    ensure(clock.now() < ends_at, "meeting_in_the_past", field="ends_at")
    ensure(ends_at - starts_at <= LONGEST_MEETING, "meeting_too_long", field="ends_at", limit=12)
    ensure(starts_at - clock.now() <= FARTHEST_MEETING, "date_too_far", field="starts_at")


def _link_of(link: str) -> str:
    """An address in the web; none where the platform has a meeting service of its own."""
    link = fields.web_address(link=link) if link else ""
    ensure(bool(link) or fields.has_meeting_service(), "meeting_link_missing", field="link")
    return link
