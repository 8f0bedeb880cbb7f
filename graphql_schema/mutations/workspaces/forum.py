"""Forums and the feed."""

from typing import Annotated

import strawberry
from strawberry import argument

from backend.workspaces import models, presence
from backend.workspaces.actions import discussions, updates
from graphql_schema.lookup import find
from graphql_schema.mutations.rule import Version, a_text, an_id, mutation, or_conflict
from graphql_schema.mutations.workspaces.arguments import AUDIENCE, WorkspaceId
from graphql_schema.types.projects import TextConflict
from graphql_schema.types.workspaces.forum import Discussion, Post, Thread, Update
from graphql_schema.types.workspaces.room import Workspace
from graphql_schema.viewer import Info, actor_of


@strawberry.type
class ForumMutation:
    @mutation("Open a forum; for staff, it is a board of the staff room.")
    def open_discussion(
        self,
        info: Info,
        workspace_id: WorkspaceId,
        title: a_text("The title."),
        description: a_text("What for.") = "",
        audience: Annotated[models.Audience, AUDIENCE] = models.Audience.MEMBERS,
    ) -> Discussion:
        actor = actor_of(info)
        room = find(info, models.Workspace, workspace_id, field="workspace_id")
        return discussions.open_discussion(room, actor=actor, title=title, description=description, audience=audience)

    @mutation("Say better what a forum is for. Who edits an old version gets both texts back.")
    def edit_discussion(
        self,
        info: Info,
        discussion_id: an_id("The discussion."),
        expected_version: Version,
        title: Annotated[str | None, argument(description="A new title.")] = None,
        description: Annotated[str | None, argument(description="What for.")] = None,
    ) -> Discussion | TextConflict:
        actor = actor_of(info)
        forum = find(info, models.Discussion, discussion_id, field="discussion_id")
        given = {"expected_version": expected_version, "title": title, "description": description}
        return or_conflict(lambda: discussions.edit_discussion(forum, actor=actor, **given))

    @mutation("Close a forum: it can be read, nothing is added.")
    def close_discussion(self, info: Info, discussion_id: an_id("The discussion.")) -> Discussion:
        actor = actor_of(info)
        discussion = find(info, models.Discussion, discussion_id, field="discussion_id")
        return discussions.close_discussion(discussion, actor=actor)

    @mutation("Start a thread with its first post.")
    def start_thread(
        self,
        info: Info,
        discussion_id: an_id("The discussion."),
        title: a_text("The title."),
        text: a_text("The post."),
    ) -> Thread:
        actor = actor_of(info)
        discussion = find(info, models.Discussion, discussion_id, field="discussion_id")
        return discussions.start_thread(discussion, actor=actor, title=title, text=text)

    @mutation("Give a thread another title. Who edits an old version gets both titles back.")
    def rename_thread(
        self,
        info: Info,
        thread_id: an_id("The thread."),
        expected_version: Version,
        title: a_text("The new title."),
    ) -> Thread | TextConflict:
        actor = actor_of(info)
        thread = find(info, models.Thread, thread_id, field="thread_id")
        return or_conflict(
            lambda: discussions.rename_thread(thread, actor=actor, title=title, expected_version=expected_version)
        )

    @mutation("Reply in a thread.")
    def add_post(self, info: Info, thread_id: an_id("The thread."), text: a_text("What to say.")) -> Post:
        actor = actor_of(info)
        return discussions.add_post(find(info, models.Thread, thread_id, field="thread_id"), actor=actor, text=text)

    @mutation("Correct the own post. Who edits an old version gets both texts back.")
    def edit_post(
        self,
        info: Info,
        post_id: an_id("The post."),
        expected_version: Version,
        text: a_text("The new text."),
    ) -> Post | TextConflict:
        actor = actor_of(info)
        post = find(info, models.Post, post_id, field="post_id")
        return or_conflict(
            lambda: discussions.edit_post(post, actor=actor, text=text, expected_version=expected_version)
        )

    @mutation("Take a post away; a tombstone stays.")
    def remove_post(self, info: Info, post_id: an_id("The post.")) -> Post:
        actor = actor_of(info)
        return discussions.remove_post(find(info, models.Post, post_id, field="post_id"), actor=actor)

    @mutation("Post news in the feed.")
    def post_update(
        self,
        info: Info,
        workspace_id: WorkspaceId,
        text: a_text("The news."),
        audience: Annotated[models.Audience, AUDIENCE] = models.Audience.MEMBERS,
    ) -> Update:
        actor = actor_of(info)
        room = find(info, models.Workspace, workspace_id, field="workspace_id")
        return updates.post_update(room, actor=actor, text=text, audience=audience)

    @mutation("Correct the own news. Who edits an old version gets both texts back.")
    def edit_update(
        self,
        info: Info,
        update_id: an_id("The update."),
        expected_version: Version,
        text: a_text("The new text."),
    ) -> Update | TextConflict:
        actor = actor_of(info)
        update = find(info, models.Update, update_id, field="update_id")
        return or_conflict(
            lambda: updates.edit_update(update, actor=actor, text=text, expected_version=expected_version)
        )

    @mutation("Take news out of the feed.")
    def remove_update(self, info: Info, update_id: an_id("The update.")) -> Update:
        actor = actor_of(info)
        return updates.remove_update(find(info, models.Update, update_id, field="update_id"), actor=actor)

    @mutation("Say that the viewer types in a thread, or no longer does. Repeat it every few seconds.", keyed=False)
    def set_presence(
        self,
        info: Info,
        workspace_id: WorkspaceId,
        typing_in: Annotated[strawberry.ID | None, argument(description="The thread; none when typing stops.")] = None,
    ) -> Workspace:
        actor = actor_of(info)
        room = find(info, models.Workspace, workspace_id, field="workspace_id")
        thread = find(info, models.Thread, typing_in, field="typing_in") if typing_in else None
        return presence.set_presence(room, actor=actor, thread=thread)
