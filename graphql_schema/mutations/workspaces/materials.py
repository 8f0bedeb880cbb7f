"""Materials: files, links and folders."""

from typing import Annotated, Any

import strawberry
from strawberry import UNSET, argument
from strawberry.file_uploads import Upload

from backend.vocabulary.codes import Language
from backend.workspaces import models
from backend.workspaces.actions import files, folders
from graphql_schema.lookup import find
from graphql_schema.mutations.rule import Version, a_text, an_id, mutation, or_conflict
from graphql_schema.mutations.workspaces.arguments import AUDIENCE, WorkspaceId, found_or_none, members_of
from graphql_schema.types.projects import TextConflict
from graphql_schema.types.workspaces.materials import File, Folder
from graphql_schema.viewer import Info, actor_of


@strawberry.input(description="What is said about a material; what is left out stays as it is.")
class MaterialText:
    caption: str | None = strawberry.field(default=UNSET, description="The caption.")
    audience: models.Audience | None = strawberry.field(default=UNSET, description="Who sees it.")
    folder_id: strawberry.ID | None = strawberry.field(default=UNSET, description="The folder; null for none.")
    language: Language | None = strawberry.field(default=UNSET, description="Its language.")
    licence: models.Licence | None = strawberry.field(
        default=UNSET, description="Another licence; a new material has its own argument."
    )
    source: str | None = strawberry.field(default=UNSET, description="Who made it, or where it comes from.")
    is_tool: bool | None = strawberry.field(
        default=UNSET, description="Of a link: pupils are asked to work there, so their parents must have agreed."
    )
    names_others: bool | None = strawberry.field(
        default=UNSET, description="A teacher has looked: names that pupils bear too are other people's here."
    )
    shows: list[strawberry.ID] | None = strawberry.field(
        default=UNSET, description="The memberships of the pupils to be seen in it: their parents must have agreed."
    )


@strawberry.input(description="A link.")
class WebLink:
    address: str = strawberry.field(description="The address in the web.")
    name: str = strawberry.field(default="", description="A name.")


@strawberry.input(one_of=True, description="What is added: exactly one of these.")
class MaterialContent:
    file: Upload | None = strawberry.field(
        default=UNSET, description="A file, within the `uploadLimits` of the workspace."
    )
    link: WebLink | None = strawberry.field(default=UNSET, description="A link.")


Said = Annotated[MaterialText | None, argument(description="What is said about it.")]
LicenceSaid = Annotated[
    models.Licence,
    argument(description="Whoever adds it declares that they may, and under which licence others use it."),
]


@strawberry.type
class MaterialsMutation:
    @mutation("Upload a document, photo or video, by the multipart request specification.")
    def upload_file(
        self,
        info: Info,
        workspace_id: WorkspaceId,
        file: Annotated[Upload, argument(description="The file, within the `uploadLimits` of the workspace.")],
        licence: LicenceSaid,
        caption: a_text("A caption.") = "",
        said: Said = None,
    ) -> File:
        actor = actor_of(info)
        room = find(info, models.Workspace, workspace_id, field="workspace_id")
        given = {"caption": caption, **_said(info, said), "licence": licence}
        return files.upload_file(room, actor=actor, upload=file, **given)

    @mutation("Add a material: a file by the multipart request specification, or a link with a name.")
    def add_material(
        self,
        info: Info,
        workspace_id: WorkspaceId,
        content: Annotated[MaterialContent, argument(description="The file or the link.")],
        licence: LicenceSaid,
        said: Said = None,
    ) -> File:
        actor = actor_of(info)
        room = find(info, models.Workspace, workspace_id, field="workspace_id")
        given = _said(info, said) | {"licence": licence}
        if content.link:
            given.pop("shows", None)
            return files.add_link(room, actor=actor, link=content.link.address, name=content.link.name, **given)
        return files.upload_file(room, actor=actor, upload=content.file, **given)

    @mutation("Change what is said about a material. Who edits an old version gets both texts back.")
    def change_material(
        self,
        info: Info,
        file_id: an_id("The material."),
        expected_version: Version,
        name: Annotated[str | None, argument(description="A new name.")] = None,
        said: Said = None,
    ) -> File | TextConflict:
        actor = actor_of(info)
        file = find(info, models.File, file_id, field="file_id")
        given = _said(info, said) | ({"name": name} if name is not None else {})
        return or_conflict(lambda: files.change_file(file, actor=actor, expected_version=expected_version, **given))

    @mutation("Take a file away.")
    def remove_file(self, info: Info, file_id: an_id("The file.")) -> File:
        actor = actor_of(info)
        return files.remove_file(find(info, models.File, file_id, field="file_id"), actor=actor)

    @mutation("Add a folder.")
    def add_folder(
        self,
        info: Info,
        workspace_id: WorkspaceId,
        name: a_text("The name."),
        parent_id: Annotated[strawberry.ID | None, argument(description="The folder it stands in.")] = None,
        audience: Annotated[models.Audience, AUDIENCE] = models.Audience.MEMBERS,
        is_open_to_pupils: Annotated[bool, argument(description="Whether pupils may add to it.")] = True,
    ) -> Folder:
        actor = actor_of(info)
        room = find(info, models.Workspace, workspace_id, field="workspace_id")
        parent = found_or_none(info, models.Folder, parent_id, field="parent_id")
        return folders.add_folder(
            room, actor=actor, name=name, parent=parent, audience=audience, is_open_to_pupils=is_open_to_pupils
        )

    @mutation("Give a folder another name; say whether pupils may add to it.")
    def edit_folder(
        self,
        info: Info,
        folder_id: an_id("The folder."),
        name: Annotated[str | None, argument(description="A new name.")] = None,
        is_open_to_pupils: Annotated[bool | None, argument(description="Whether pupils may add to it.")] = None,
    ) -> Folder:
        actor = actor_of(info)
        folder = find(info, models.Folder, folder_id, field="folder_id")
        return folders.edit_folder(folder, actor=actor, name=name, is_open_to_pupils=is_open_to_pupils)

    @mutation("Take an empty folder away.")
    def remove_folder(self, info: Info, folder_id: an_id("The folder.")) -> Folder:
        actor = actor_of(info)
        return folders.remove_folder(find(info, models.Folder, folder_id, field="folder_id"), actor=actor)


def _said(info: Info, said: MaterialText | None) -> dict[str, Any]:
    given = {name: value for name, value in vars(said).items() if value is not UNSET} if said else {}
    if "folder_id" in given:
        given["folder"] = found_or_none(info, models.Folder, given.pop("folder_id"), field="folder_id")
    if "shows" in given:
        given["shows"] = members_of(info, given["shows"] or [], field="shows")
    return given
