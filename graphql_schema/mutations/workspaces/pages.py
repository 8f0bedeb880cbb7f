"""Pages and the home."""

from typing import Annotated

import strawberry
from strawberry import UNSET, argument

from backend.workspaces import models
from backend.workspaces.actions import home, pages
from graphql_schema.lookup import find
from graphql_schema.mutations.rule import Version, a_text, an_id, mutation, or_conflict
from graphql_schema.mutations.workspaces.arguments import AUDIENCE, WorkspaceId, found_or_none, members_of
from graphql_schema.types.projects import TextConflict
from graphql_schema.types.workspaces.pages import Page
from graphql_schema.types.workspaces.room import Workspace
from graphql_schema.viewer import Info, actor_of

PageId = an_id("The page.")
EDITORS = argument(description="Who may edit it, besides its author and administrators.")
NAMES_OTHERS = argument(description="A teacher has looked: names that pupils bear too are other people's here.")
CHOSEN = argument(description="The memberships of those chosen to edit it.")


@strawberry.type
class PagesMutation:
    @mutation("Begin a page: a draft that its author, its editors and the teachers see.")
    def write_page(
        self,
        info: Info,
        workspace_id: WorkspaceId,
        title: a_text("The title."),
        text: a_text("What it says.") = "",
        audience: Annotated[models.Audience, AUDIENCE] = models.Audience.MEMBERS,
        editors: Annotated[models.PageEditors, EDITORS] = models.PageEditors.STAFF,
        chosen: Annotated[list[strawberry.ID] | None, CHOSEN] = None,
    ) -> Page:
        actor = actor_of(info)
        room = find(info, models.Workspace, workspace_id, field="workspace_id")
        people = members_of(info, chosen or [], field="chosen")
        return pages.write_page(
            room, actor=actor, title=title, text=text, audience=audience, editors=editors, chosen=people
        )

    @mutation("Change the words of a page. Who edits an old version gets both texts back.")
    def edit_page(
        self,
        info: Info,
        page_id: PageId,
        expected_version: Version,
        title: Annotated[str | None, argument(description="A new title.")] = None,
        text: Annotated[str | None, argument(description="A new text.")] = None,
        names_others: Annotated[bool, NAMES_OTHERS] = False,
    ) -> Page | TextConflict:
        actor = actor_of(info)
        page = find(info, models.Page, page_id, field="page_id")
        return or_conflict(
            lambda: pages.edit_page(
                page, actor=actor, expected_version=expected_version, title=title, text=text, names_others=names_others
            )
        )

    @mutation("Say who sees and edits a page, and where it stands.")
    def arrange_page(
        self,
        info: Info,
        page_id: PageId,
        audience: Annotated[models.Audience | None, AUDIENCE] = None,
        editors: Annotated[models.PageEditors | None, EDITORS] = None,
        chosen: Annotated[list[strawberry.ID] | None, CHOSEN] = None,
        position: Annotated[int | None, argument(description="Its place among the pages.")] = None,
        names_others: Annotated[bool, NAMES_OTHERS] = False,
    ) -> Page:
        actor = actor_of(info)
        page = find(info, models.Page, page_id, field="page_id")
        people = members_of(info, chosen, field="chosen")
        return pages.arrange_page(
            page, actor=actor, audience=audience, editors=editors, chosen=people, position=position,
            names_others=names_others,
        )  # fmt: skip

    @mutation("Publish a page: from now on its audience sees it.")
    def publish_page(self, info: Info, page_id: PageId, names_others: Annotated[bool, NAMES_OTHERS] = False) -> Page:
        actor = actor_of(info)
        page = find(info, models.Page, page_id, field="page_id")
        return pages.publish_page(page, actor=actor, names_others=names_others)

    @mutation("Put a page into the archive, or take it out.")
    def archive_page(
        self,
        info: Info,
        page_id: PageId,
        is_archived: Annotated[bool, argument(description="In or out.")] = True,
    ) -> Page:
        actor = actor_of(info)
        page = find(info, models.Page, page_id, field="page_id")
        return pages.archive_page(page, actor=actor, is_archived=is_archived)

    @mutation("Take a page away.")
    def remove_page(self, info: Info, page_id: PageId) -> Page:
        actor = actor_of(info)
        return pages.remove_page(find(info, models.Page, page_id, field="page_id"), actor=actor)

    @mutation("Write what the home says. Who edits an old version gets both texts back.")
    def edit_home(
        self,
        info: Info,
        workspace_id: WorkspaceId,
        expected_version: Version,
        description: Annotated[str | None, argument(description="What it says.")] = None,
        image_id: Annotated[
            strawberry.ID | None, argument(description="An image of the workspace; null takes it off.")
        ] = UNSET,
        names_others: Annotated[bool, NAMES_OTHERS] = False,
    ) -> Workspace | TextConflict:
        actor = actor_of(info)
        room = find(info, models.Workspace, workspace_id, field="workspace_id")
        given = {} if image_id is UNSET else {"image": found_or_none(info, models.File, image_id, field="image_id")}
        return or_conflict(
            lambda: home.edit_home(
                room, actor=actor, expected_version=expected_version, description=description,
                names_others=names_others, **given,
            )
        )  # fmt: skip

    @mutation("Show the home and the public pages to the world, or no longer: a founder decides.")
    def open_home(
        self,
        info: Info,
        workspace_id: WorkspaceId,
        is_public: Annotated[bool, argument(description="Whether the world sees it.")],
        names_others: Annotated[bool, NAMES_OTHERS] = False,
    ) -> Workspace:
        actor = actor_of(info)
        room = find(info, models.Workspace, workspace_id, field="workspace_id")
        return home.open_home(room, actor=actor, is_public=is_public, names_others=names_others)
