"""The plan of a workspace as a calendar file (RFC 5545), for the calendar on somebody's telephone."""

from datetime import timedelta

from icalendar import Calendar, Event

from backend.accounts.models import Person
from backend.workspaces.consent import may_use_tools
from backend.workspaces.models import Activity, Meeting, Workspace
from backend.workspaces.permissions import membership_of

DAY = timedelta(days=1)


def calendar_of(workspace: Workspace, *, reader: Person) -> bytes:
    """What the reader sees of it: meetings to the minute in UTC, which calendars show by the reader's own clock, and
    activities as whole days, which are the same days everywhere."""
    me = membership_of(reader, workspace)
    calendar = Calendar.new(name=workspace.project.title, prodid="-//eTwinning//workspace//EN", uid=str(workspace.pk))
    there = {"workspace": workspace, "removed_at": None, "hidden_at": None}
    for meeting in Meeting.objects.visible_to(reader).filter(**there).order_by("starts_at", "pk"):
        event = _event(meeting)
        event.add("dtstart", meeting.starts_at)
        event.add("dtend", meeting.ends_at)
        if meeting.link and me and may_use_tools(me):
            event.add("url", meeting.link)
        calendar.add_component(event)
    for activity in Activity.objects.visible_to(reader).filter(**there).order_by("starts_on", "pk"):
        first, last = activity.starts_on or activity.ends_on, activity.ends_on or activity.starts_on
        if first and last:
            event = _event(activity)
            event.add("dtstart", first)
            event.add("dtend", last + DAY)  # the first day after it
            event.add("transp", "TRANSPARENT")  # nobody is busy all day
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(thing: Activity | Meeting) -> Event:
    """With one name for good, so that a file opened later replaces what an earlier one brought."""
    event = Event()
    event.add("uid", str(thing.pk))
    event.add("summary", thing.title)
    if text := "\n\n".join(filter(None, (getattr(thing, "who", ""), thing.text))):
        event.add("description", text)
    event.add("dtstamp", thing.updated_at)
    event.add("last-modified", thing.updated_at)
    event.add("sequence", thing.version - 1)
    return event
