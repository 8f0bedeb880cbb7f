"""Passwords, sessions, tokens and consent."""

from typing import Annotated

import strawberry
from django.contrib.auth import update_session_auth_hash
from strawberry import argument

from backend.accounts import actions, models, sign_in
from graphql_schema.lookup import find
from graphql_schema.mutations.rule import a_text, an_id, mutation, plain
from graphql_schema.types.accounts import AccessToken, Person
from graphql_schema.viewer import Info, actor_of


@plain
@strawberry.type(description="It was done.")
class Done:
    done: bool = strawberry.field(description="Always true.")


@strawberry.type(description="A new token.")
class TokenCreated:
    token: AccessToken = strawberry.field(description="The token.")
    secret: str = strawberry.field(description="What the program sends as `Authorization: Bearer …`; shown this once.")


@strawberry.type
class CredentialsMutation:
    @mutation("Ask for a letter with a link that sets a new password. Says the same for an unknown address.")
    def request_password_reset(self, email: a_text("The e-mail address.")) -> Done:
        actions.request_password_reset(email)
        return Done(done=True)

    @mutation("Set a new password by the token of the letter; ends all sessions and tokens.", keyed=False)
    def reset_password(
        self, token: a_text("The token of the link."), password: a_text("The new one, at least ten characters.")
    ) -> Done:
        actions.reset_password(token, password=password)
        return Done(done=True)

    @mutation("Choose another password; all other sessions and all tokens but this request's end.", keyed=False)
    def change_password(
        self,
        info: Info,
        current_password: a_text("The present one."),
        new_password: a_text("The new one, at least ten characters."),
    ) -> Done:
        actor = actor_of(info, whatever_consent=True)
        proof, request = info.context.proof, info.context.request
        changed = actions.change_password(actor, current=current_password, new=new_password, keep=proof)
        if request is not None and proof.startswith("session:"):
            update_session_auth_hash(request, changed)
        return Done(done=True)

    @mutation("Create a token for a program of one's own.")
    def create_token(
        self,
        info: Info,
        name: a_text("What it is for."),
        days: Annotated[int, argument(description="For how many days, up to 365.")],
        scope: Annotated[models.TokenScope, argument(description="What it may do.")] = models.TokenScope.WRITE,
    ) -> TokenCreated:
        token, secret = actions.create_token(actor_of(info), name=name, days=days, scope=scope)
        return TokenCreated(token=token, secret=secret)

    @mutation("Revoke a token of one's own.")
    def revoke_token(self, info: Info, token_id: an_id("The token.")) -> AccessToken:
        actor = actor_of(info, whatever_consent=True)
        return actions.revoke_token(find(info, models.AccessToken, token_id, field="token_id"), actor=actor)

    @mutation("Sign one browser out.")
    def end_session(self, info: Info, session_id: a_text("The session, from `viewer { sessions }`.")) -> Done:
        actions.end_session(actor_of(info, whatever_consent=True), key_digest=session_id)
        return Done(done=True)

    @mutation("Sign every browser and program out.", keyed=False)
    def sign_out_everywhere(
        self,
        info: Info,
        but_this: Annotated[bool, argument(description="Whether the one that asks stays signed in.")] = False,
    ) -> Done:
        keep = info.context.proof if but_this else ""
        sign_in.sign_out_everywhere(actor_of(info, whatever_consent=True), keep=keep)
        return Done(done=True)

    @mutation("Accept the code of conduct and the privacy notice in force.")
    def accept_consent(
        self, info: Info, version: a_text("The version that was read, from `viewer { consentNeeded }`.")
    ) -> Person:
        actor = actor_of(info, whatever_consent=True)
        return actions.accept_consent(actor, actor=actor, version=version)
