"""Who is in a workspace."""

from datetime import datetime

import strawberry
import strawberry_django
from django.db.models import F
from strawberry import relay

from backend.workspaces import models, permissions
from backend.workspaces.output.cards import printable_cards
from graphql_schema import choices  # noqa: F401
from graphql_schema.types.accounts import PER_VIEWER, Person
from graphql_schema.types.visible import Visible
from graphql_schema.types.workspaces.standing import acting, membership
from graphql_schema.viewer import Info


@strawberry_django.type(models.Consent, description="What parents agreed to for a pupil; seen by the teachers.")
class Consent(Visible, relay.Node):
    kind: models.ConsentKind = strawberry_django.field(description="What parents were asked for.")
    is_given: bool = strawberry_django.field(description="Whether they agreed.")
    updated_at: datetime = strawberry_django.field(description="When it was noted last.")


@strawberry_django.type(models.WorkspaceMembership, description="Somebody is in a workspace.")
class WorkspaceMembership(Visible, relay.Node):
    person: Person | None = strawberry_django.field(description="Who it is.")
    role: models.WorkspaceRole = strawberry_django.field(description="What they may do there.")
    created_at: datetime = strawberry_django.field(description="Since when.")
    left_at: datetime | None = strawberry_django.field(description="When they left.")
    expires_at: datetime | None = strawberry_django.field(description="When a guest's visit ends.")
    consents: list[Consent] = strawberry_django.field(
        description="What the pupil's parents agreed to: for teachers of the workspace.", metadata=PER_VIEWER
    )

    @strawberry_django.field(
        description="The pupil's user name: for teachers of the workspace.",
        only=["workspace", "role", "left_at"], annotate={"user_login": F("person__login")}, metadata=PER_VIEWER,
    )  # fmt: skip
    def user_name(self, info: Info) -> str | None:
        me = membership(info, self.workspace_id)
        if not permissions.can_reset_pupil_password(me, self):
            return None
        return getattr(self, "user_login", None) or self.person.login  # a mutation's answer comes without

    @strawberry_django.field(
        description="Whether the viewer may give another role.", only=["workspace", "role", "left_at"],
        metadata=PER_VIEWER,
    )  # fmt: skip
    def viewer_can_set_role(self, info: Info) -> bool:
        return permissions.can_set_role(acting(info, self.workspace_id), self)

    @strawberry_django.field(
        description="Whether the viewer may take the pupil out.", only=["workspace", "role", "left_at"],
        metadata=PER_VIEWER,
    )  # fmt: skip
    def viewer_can_remove(self, info: Info) -> bool:
        return permissions.can_remove_pupil(acting(info, self.workspace_id), self)


@strawberry.type(description="A pupil's card, to be printed: the password is shown this once.")
class PupilCard:
    membership: WorkspaceMembership = strawberry.field(description="The pupil in the workspace.")
    user_name: str = strawberry.field(description="The user name to sign in with.")
    password: str = strawberry.field(description="The words to sign in with.")


@strawberry.type(description="New pupils.")
class PupilCards:
    cards: list[PupilCard] = strawberry.field(description="One card for each pupil.")

    @strawberry.field(description="The cards as a page of HTML, to be printed and cut.")
    def printable(self) -> str:
        return printable_cards([(c.membership.person.given_name, c.user_name, c.password) for c in self.cards])
