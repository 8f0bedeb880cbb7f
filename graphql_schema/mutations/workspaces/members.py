"""Pupils, guests, roles and consent."""

from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import argument

from backend.accounts import models as accounts
from backend.workspaces import models
from backend.workspaces.actions import members, roles
from graphql_schema.lookup import find
from graphql_schema.mutations.rule import a_text, an_id, mutation
from graphql_schema.mutations.workspaces.arguments import WorkspaceId
from graphql_schema.types.workspaces.members import PupilCard, PupilCards, WorkspaceMembership
from graphql_schema.viewer import Info, actor_of

PupilId = an_id("The pupil's membership.")
MembershipId = an_id("The membership.")


@strawberry.type
class MembersMutation:
    @mutation("Give pupils accounts; the words to sign in with are shown this once.")
    def add_pupils(
        self,
        info: Info,
        workspace_id: WorkspaceId,
        given_names: Annotated[list[str], argument(description="Given names, at most 60.")],
    ) -> PupilCards:
        actor = actor_of(info)
        room = find(info, models.Workspace, workspace_id, field="workspace_id")
        return _cards(members.add_pupils(room, actor=actor, given_names=given_names))

    @mutation("The same from a class list in CSV, whose first line names a column given_name.")
    def import_pupils(
        self, info: Info, workspace_id: WorkspaceId, list: a_text("The list, as text in CSV.")
    ) -> PupilCards:
        actor = actor_of(info)
        room = find(info, models.Workspace, workspace_id, field="workspace_id")
        return _cards(members.add_pupils(room, actor=actor, given_names=members.names_in_list(list)))

    @mutation("New words for a pupil who forgot the old ones; shown this once.")
    def reset_pupil_password(self, info: Info, membership_id: PupilId) -> PupilCards:
        actor = actor_of(info)
        membership = find(info, models.WorkspaceMembership, membership_id, field="membership_id")
        return _cards([members.reset_pupil_password(membership, actor=actor)])

    @mutation("Take a pupil out of the workspace: the account ends, what was written stays.")
    def remove_pupil(self, info: Info, membership_id: PupilId) -> WorkspaceMembership:
        actor = actor_of(info)
        membership = find(info, models.WorkspaceMembership, membership_id, field="membership_id")
        return members.remove_pupil(membership, actor=actor)

    @mutation("Make a pupil pupil administrator, or a teacher administrator; or take it back.")
    def set_member_role(
        self,
        info: Info,
        membership_id: MembershipId,
        role: Annotated[models.WorkspaceRole, argument(description="The new role, of the same kind.")],
    ) -> WorkspaceMembership:
        actor = actor_of(info)
        membership = find(info, models.WorkspaceMembership, membership_id, field="membership_id")
        return roles.set_member_role(membership, actor=actor, role=role)

    @mutation("Let a contact read what members see, except the staff room, until a day.")
    def invite_guest(
        self,
        info: Info,
        workspace_id: WorkspaceId,
        person_id: an_id("A contact."),
        until: Annotated[datetime, argument(description="When the visit ends, within a year.")],
    ) -> WorkspaceMembership:
        actor = actor_of(info)
        room = find(info, models.Workspace, workspace_id, field="workspace_id")
        person = find(info, accounts.Person, person_id, field="person_id")
        return roles.invite_guest(room, actor=actor, person=person, until=until)

    @mutation("End a guest's visit.")
    def remove_guest(self, info: Info, membership_id: MembershipId) -> WorkspaceMembership:
        actor = actor_of(info)
        membership = find(info, models.WorkspaceMembership, membership_id, field="membership_id")
        return roles.remove_guest(membership, actor=actor)

    @mutation("Note what a pupil's parents agreed to, from the form they signed.")
    def note_consent(
        self,
        info: Info,
        membership_id: PupilId,
        kind: Annotated[models.ConsentKind, argument(description="What they were asked for.")],
        is_given: Annotated[bool, argument(description="Whether they agreed.")],
    ) -> WorkspaceMembership:
        actor = actor_of(info)
        membership = find(info, models.WorkspaceMembership, membership_id, field="membership_id")
        roles.note_consent(membership, actor=actor, kind=kind, is_given=is_given)
        return membership


def _cards(cards: list[members.PupilCard]) -> PupilCards:
    return PupilCards(
        cards=[
            PupilCard(membership=c.membership, user_name=c.membership.person.login, password=c.password) for c in cards
        ]
    )
