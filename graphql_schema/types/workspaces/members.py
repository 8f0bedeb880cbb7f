"""Who is in a workspace."""

from datetime import datetime

import strawberry
import strawberry_django
from django.db.models import F
from strawberry import relay

from backend.workspaces import models, permissions
from graphql_schema import choices  # noqa: F401
from graphql_schema.types.accounts import PER_VIEWER, Person
from graphql_schema.types.visible import Visible
from graphql_schema.types.workspaces.standing import membership
from graphql_schema.viewer import Info


@strawberry_django.type(models.WorkspaceMembership, description="Somebody is in a workspace.")
class WorkspaceMembership(Visible, relay.Node):
    person: Person | None = strawberry_django.field(description="Who it is.")
    role: models.WorkspaceRole = strawberry_django.field(description="What they may do there.")
    created_at: datetime = strawberry_django.field(description="Since when.")
    left_at: datetime | None = strawberry_django.field(description="When they left.")

    @strawberry_django.field(
        description="The pupil's user name: for teachers of the workspace.",
        only=["workspace", "role", "left_at"], annotate={"user_login": F("person__login")}, metadata=PER_VIEWER,
    )  # fmt: skip
    def user_name(self, info: Info) -> str | None:
        me = membership(info, self.workspace_id)
        if not permissions.can_reset_pupil_password(me, self):
            return None
        return getattr(self, "user_login", None) or self.person.login  # a mutation's answer comes without


@strawberry.type(description="A pupil's card, to be printed: the password is shown this once.")
class PupilCard:
    membership: WorkspaceMembership = strawberry.field(description="The pupil in the workspace.")
    user_name: str = strawberry.field(description="The user name to sign in with.")
    password: str = strawberry.field(description="The words to sign in with.")


@strawberry.type(description="New pupils.")
class PupilCards:
    cards: list[PupilCard] = strawberry.field(description="One card for each pupil.")
