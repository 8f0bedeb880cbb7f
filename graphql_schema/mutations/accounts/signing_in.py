"""What a sign-in answers with, after the password alone or after a second factor."""

from typing import Any

import strawberry

from backend.accounts import models, sign_in
from graphql_schema.types.accounts import Viewer
from graphql_schema.viewer import Info


@strawberry.type(description="Somebody signed in.")
class SignedIn:
    viewer: Viewer = strawberry.field(description="Who it is.")
    token: str | None = strawberry.field(description="The bearer token that was asked for; shown this once.")


@strawberry.type(description="The password is right; now a code is needed.")
class SecondFactorAsked:
    challenge: str = strawberry.field(description="What `confirmSecondFactor` takes together with a code.")
    seconds: int = strawberry.field(description="How long it is good.")


def sign_in_as(info: Info, person: models.Person, *, wants_token: bool, device: Any = None) -> SignedIn:
    """A session or a token; it knows whether a second factor was given for it."""
    token, request = None, info.context.request
    if wants_token:
        token = sign_in.issue_token(person, is_proved=device is not None)
        person.is_proved = device is not None
    elif request is not None:
        sign_in.begin_session(request, person, device=device)
    info.context.viewer = person
    return SignedIn(viewer=Viewer(record=person), token=token)
