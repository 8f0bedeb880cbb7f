"""What members do in a workspace."""

from typing import Annotated

import strawberry
from strawberry import argument
from strawberry.file_uploads import Upload

from backend.workspaces import models, presence
from backend.workspaces.actions import discussions, files, members, updates
from graphql_schema.lookup import find
from graphql_schema.mutations.projects import or_conflict
from graphql_schema.mutations.rule import a_text, an_id, mutation
from graphql_schema.types.projects import TextConflict
from graphql_schema.types.workspaces.forum import Discussion, Post, Thread, Update
from graphql_schema.types.workspaces.materials import File
from graphql_schema.types.workspaces.members import PupilCard, PupilCards
from graphql_schema.types.workspaces.room import Workspace
from graphql_schema.viewer import Info, actor_of

WorkspaceId = an_id("The workspace.")


@strawberry.type
class WorkspacesMutation:
    @mutation("Give pupils accounts; the words to sign in with are shown this once.")
    def add_pupils(
        self,
        info: Info,
        workspace_id: WorkspaceId,
        given_names: Annotated[list[str], argument(description="Given names, at most 60.")],
    ) -> PupilCards:
        actor = actor_of(info)
        room = find(info, models.Workspace, workspace_id, field="workspace_id")
        return PupilCards(cards=[_card(c) for c in members.add_pupils(room, actor=actor, given_names=given_names)])

    @mutation("New words for a pupil who forgot the old ones; shown this once.")
    def reset_pupil_password(self, info: Info, membership_id: an_id("The pupil's membership.")) -> PupilCards:
        actor = actor_of(info)
        membership = find(info, models.WorkspaceMembership, membership_id, field="membership_id")
        return PupilCards(cards=[_card(members.reset_pupil_password(membership, actor=actor))])

    @mutation("Open a forum.")
    def open_discussion(
        self, info: Info, workspace_id: WorkspaceId, title: a_text("The title."), description: a_text("What for.") = ""
    ) -> Discussion:
        actor = actor_of(info)
        room = find(info, models.Workspace, workspace_id, field="workspace_id")
        return discussions.open_discussion(room, actor=actor, title=title, description=description)

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

    @mutation("Reply in a thread.")
    def add_post(self, info: Info, thread_id: an_id("The thread."), text: a_text("What to say.")) -> Post:
        actor = actor_of(info)
        return discussions.add_post(find(info, models.Thread, thread_id, field="thread_id"), actor=actor, text=text)

    @mutation("Correct the own post. Who edits an old version gets both texts back.")
    def edit_post(
        self,
        info: Info,
        post_id: an_id("The post."),
        expected_version: Annotated[int, argument(description="The version that was edited.")],
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
    def post_update(self, info: Info, workspace_id: WorkspaceId, text: a_text("The news.")) -> Update:
        actor = actor_of(info)
        room = find(info, models.Workspace, workspace_id, field="workspace_id")
        return updates.post_update(room, actor=actor, text=text)

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

    @mutation("Upload a document or photo, by the multipart request specification.")
    def upload_file(
        self,
        info: Info,
        workspace_id: WorkspaceId,
        file: Annotated[Upload, argument(description="The file, at most 25 MB.")],
        caption: a_text("A caption.") = "",
    ) -> File:
        actor = actor_of(info)
        room = find(info, models.Workspace, workspace_id, field="workspace_id")
        return files.upload_file(room, actor=actor, upload=file, caption=caption)

    @mutation("Take a file away.")
    def remove_file(self, info: Info, file_id: an_id("The file.")) -> File:
        actor = actor_of(info)
        return files.remove_file(find(info, models.File, file_id, field="file_id"), actor=actor)


def _card(card: members.PupilCard) -> PupilCard:
    return PupilCard(membership=card.membership, user_name=card.membership.person.login, password=card.password)
