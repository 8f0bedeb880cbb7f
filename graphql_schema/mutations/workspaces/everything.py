"""All that members do in a workspace."""

import strawberry

from graphql_schema.mutations.workspaces.chat import ChatMutation
from graphql_schema.mutations.workspaces.forum import ForumMutation
from graphql_schema.mutations.workspaces.materials import MaterialsMutation
from graphql_schema.mutations.workspaces.members import MembersMutation
from graphql_schema.mutations.workspaces.pages import PagesMutation
from graphql_schema.mutations.workspaces.plan import PlanMutation


@strawberry.type
class WorkspacesMutation(MembersMutation, ForumMutation, MaterialsMutation, PagesMutation, PlanMutation, ChatMutation):
    pass
