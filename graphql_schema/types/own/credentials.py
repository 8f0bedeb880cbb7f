"""What somebody signs in with, as its owner sees it."""

from datetime import datetime

import strawberry
import strawberry_django
from strawberry import relay

from backend.accounts import models
from graphql_schema.types.visible import Visible


@strawberry_django.type(models.AccessToken, description="What a program signs in with.")
class AccessToken(Visible, relay.Node):
    name: str = strawberry_django.field(description="What it is for.")
    scope: models.TokenScope = strawberry_django.field(description="What it may do.")
    created_at: datetime = strawberry_django.field(description="When it was created.")
    expires_at: datetime = strawberry_django.field(description="Until when it is good.")
    last_used_at: datetime | None = strawberry_django.field(description="When it was last used, to the minute.")
    revoked_at: datetime | None = strawberry_django.field(description="When it was revoked.")


@strawberry.type(description="A browser that is signed in.")
class SignInSession:
    id: strawberry.ID = strawberry.field(description="What `endSession` names it by.")
    browser: str = strawberry.field(description="Such as “Firefox on Linux”; empty if unknown.")
    created_at: datetime = strawberry.field(description="Since when.")
    last_used_at: datetime = strawberry.field(description="When it was last used, to the minute.")
    is_current: bool = strawberry.field(description="Whether it is the one that asks.")


@strawberry.type(description="The viewer's second factor.")
class SecondFactor:
    is_set: bool = strawberry.field(description="Whether signing in asks for a code.")
    is_needed: bool = strawberry.field(description="Whether nothing else can be done before one is set up.")
    recovery_codes_left: int = strawberry.field(description="How many recovery codes are left.")
