"""Activities and meetings."""

from datetime import date, datetime
from typing import Annotated

import strawberry
from strawberry import UNSET, argument

from backend.workspaces import meeting_service, models
from backend.workspaces.actions import plan
from graphql_schema.lookup import find
from graphql_schema.mutations.rule import Version, a_text, an_id, mutation, or_conflict, plain
from graphql_schema.mutations.workspaces.arguments import AUDIENCE, WorkspaceId
from graphql_schema.types.projects import TextConflict
from graphql_schema.types.workspaces.plan import Activity, Meeting
from graphql_schema.viewer import Info, actor_of

ActivityId = an_id("The activity.")
FIRST_DAY = argument(description="The first day.")
LAST_DAY = argument(description="The last day.")


@plain
@strawberry.type(description="Where a meeting takes place, for this viewer and this moment.")
class MeetingDoor:
    url: str = strawberry.field(description="The address to open now.")


@strawberry.type
class PlanMutation:
    @mutation("Plan an activity.")
    def plan_activity(
        self,
        info: Info,
        workspace_id: WorkspaceId,
        title: a_text("What is done."),
        text: a_text("How.") = "",
        who: a_text("Who does what.") = "",
        starts_on: Annotated[date | None, FIRST_DAY] = None,
        ends_on: Annotated[date | None, LAST_DAY] = None,
    ) -> Activity:
        actor = actor_of(info)
        room = find(info, models.Workspace, workspace_id, field="workspace_id")
        return plan.plan_activity(
            room, actor=actor, title=title, text=text, who=who, starts_on=starts_on, ends_on=ends_on
        )

    @mutation("Change an activity. Who edits an old version gets both texts back.")
    def edit_activity(
        self,
        info: Info,
        activity_id: ActivityId,
        expected_version: Version,
        title: Annotated[str | None, argument(description="What is done.")] = None,
        text: Annotated[str | None, argument(description="How.")] = None,
        who: Annotated[str | None, argument(description="Who does what.")] = None,
        starts_on: Annotated[date | None, FIRST_DAY] = UNSET,
        ends_on: Annotated[date | None, LAST_DAY] = UNSET,
    ) -> Activity | TextConflict:
        actor = actor_of(info)
        activity = find(info, models.Activity, activity_id, field="activity_id")
        texts = {"title": title, "text": text, "who": who}
        given = {name: value for name, value in texts.items() if value is not None}
        days = {"starts_on": starts_on, "ends_on": ends_on}
        given |= {name: value for name, value in days.items() if value is not UNSET}
        return or_conflict(
            lambda: plan.edit_activity(activity, actor=actor, expected_version=expected_version, **given)
        )

    @mutation("Say that an activity is done, or after all not yet.")
    def complete_activity(
        self,
        info: Info,
        activity_id: ActivityId,
        is_done: Annotated[bool, argument(description="Whether it is done.")] = True,
    ) -> Activity:
        actor = actor_of(info)
        activity = find(info, models.Activity, activity_id, field="activity_id")
        return plan.complete_activity(activity, actor=actor, is_done=is_done)

    @mutation("Take an activity out of the plan.")
    def remove_activity(self, info: Info, activity_id: ActivityId) -> Activity:
        actor = actor_of(info)
        return plan.remove_activity(find(info, models.Activity, activity_id, field="activity_id"), actor=actor)

    @mutation("Plan a meeting: at an address, or on the platform's own meeting service.")
    def plan_meeting(
        self,
        info: Info,
        workspace_id: WorkspaceId,
        title: a_text("What it is about."),
        starts_at: Annotated[datetime, argument(description="From.")],
        ends_at: Annotated[datetime, argument(description="Until, at most 12 hours later.")],
        link: a_text("Where; empty for the platform's own meeting service.") = "",
        text: a_text("More about it.") = "",
        audience: Annotated[models.Audience, AUDIENCE] = models.Audience.MEMBERS,
    ) -> Meeting:
        actor = actor_of(info)
        room = find(info, models.Workspace, workspace_id, field="workspace_id")
        return plan.plan_meeting(
            room, actor=actor, title=title, starts_at=starts_at, ends_at=ends_at, link=link, text=text,
            audience=audience,
        )  # fmt: skip

    @mutation("Change a meeting; everybody hears of it. Who edits an old version gets both texts back.")
    def edit_meeting(
        self,
        info: Info,
        meeting_id: an_id("The meeting."),
        expected_version: Version,
        title: Annotated[str | None, argument(description="What it is about.")] = None,
        text: Annotated[str | None, argument(description="More about it.")] = None,
        starts_at: Annotated[datetime | None, argument(description="From.")] = None,
        ends_at: Annotated[datetime | None, argument(description="Until.")] = None,
        link: Annotated[str | None, argument(description="Where.")] = None,
    ) -> Meeting | TextConflict:
        actor = actor_of(info)
        meeting = find(info, models.Meeting, meeting_id, field="meeting_id")
        given = {"title": title, "text": text, "starts_at": starts_at, "ends_at": ends_at, "link": link}
        changed = {name: value for name, value in given.items() if value is not None}
        return or_conflict(
            lambda: plan.edit_meeting(meeting, actor=actor, expected_version=expected_version, **changed)
        )

    @mutation("Cancel a meeting.")
    def cancel_meeting(self, info: Info, meeting_id: an_id("The meeting.")) -> Meeting:
        actor = actor_of(info)
        return plan.cancel_meeting(find(info, models.Meeting, meeting_id, field="meeting_id"), actor=actor)

    @mutation("Where to go for a meeting, now.", keyed=False)
    def join_meeting(self, info: Info, meeting_id: an_id("The meeting.")) -> MeetingDoor:
        actor = actor_of(info)
        meeting = find(info, models.Meeting, meeting_id, field="meeting_id")
        return MeetingDoor(url=meeting_service.join_meeting(meeting, actor=actor))
