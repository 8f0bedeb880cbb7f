"""Taking home what is known about oneself, and being erased."""

from datetime import datetime, timedelta
from typing import Annotated

import strawberry
from django.conf import settings
from django.urls import reverse
from strawberry import argument

from backend.accounts import models
from backend.core import clock
from backend.privacy import actions
from graphql_schema.lookup import find
from graphql_schema.mutations.accounts.credentials import Done
from graphql_schema.mutations.rule import a_text, an_id, mutation
from graphql_schema.viewer import Info, actor_of, address_for


@strawberry.type(description="A ZIP with everything that is known about somebody.")
class DataExport:
    url: str = strawberry.field(
        description="Where it is, for who asked and is signed in; who came by token also opens it once within half a minute without it."
    )
    expires_at: datetime = strawberry.field(description="Until when.")


@strawberry.type
class PrivacyMutation:
    @mutation(
        "Take home everything that is known about oneself, or, as a teacher of the workspace, about a pupil.",
        keyed=False,
    )
    def export_my_data(
        self,
        info: Info,
        pupil_id: Annotated[strawberry.ID | None, argument(description="A pupil; oneself without it.")] = None,
    ) -> DataExport:
        actor = actor_of(info, whatever_consent=True)
        person = find(info, models.Person, pupil_id, field="pupil_id") if pupil_id else actor
        key = actions.export_my_data(person, actor=actor)
        until = clock.now() + timedelta(seconds=actions.LINK_LIFE)
        address = address_for(info, settings.SITE_URL + reverse("my_data", args=[key]))
        return DataExport(url=address, expires_at=until)

    @mutation(
        "Erase one's own account for good. What others wrote stays, beside a removed member; what one wrote goes.",
        keyed=False,
    )
    def erase_account(
        self,
        info: Info,
        password: a_text("The password."),
        confirms: Annotated[bool, argument(description="That it cannot be undone is understood.")],
        code: a_text("A code, where a second factor is set up.") = "",
        leaves_projects: Annotated[
            bool, argument(description="Whether projects one has founded are left to the other founder.")
        ] = False,
    ) -> Done:
        actor = actor_of(info, whatever_consent=True)
        actions.erase_account(actor, password=password, confirms=confirms, code=code, leaves_projects=leaves_projects)
        info.context.viewer = None
        return Done(done=True)

    @mutation("Erase the account of somebody who asked their agency, or of a pupil as a teacher of the workspace.")
    def erase_person(
        self,
        info: Info,
        person_id: an_id("The person."),
        reason: a_text("Who asked and how; without names, for it is kept."),
    ) -> Done:
        actor = actor_of(info)
        actions.erase_person(find(info, models.Person, person_id, field="person_id"), actor=actor, reason=reason)
        return Done(done=True)
