"""The second factor: setting it up, giving it, doing without it."""

import strawberry

from backend.accounts import actions, sign_in
from backend.accounts.second_factor import qr_code, secret_of
from graphql_schema.mutations.accounts.credentials import Done
from graphql_schema.mutations.accounts.signing_in import SignedIn, sign_in_as
from graphql_schema.mutations.rule import a_text, mutation, only_key
from graphql_schema.viewer import Info, actor_of

A_CODE = a_text("A code of the app, or a recovery code.")


@strawberry.type(description="A secret for an authenticator app; it counts once `activateSecondFactor` got a code.")
class SecondFactorSetUp:
    secret: str = strawberry.field(description="To be typed into the app, in groups of four.")
    uri: str = strawberry.field(description="The same as an `otpauth:` address.")
    qr_code: str = strawberry.field(description="The same as a picture: an SVG element.")


@strawberry.type(description="Recovery codes, each good once in place of a code of the app; shown this once.")
class RecoveryCodes:
    codes: list[str] = strawberry.field(description="Ten codes.")


@strawberry.type
class SecondFactorMutation:
    @mutation("Begin to set up a second factor: a new secret for an authenticator app.", keyed=False, has_input=False)
    def set_up_second_factor(self, info: Info, input: only_key("SetUpSecondFactorInput") = None) -> SecondFactorSetUp:
        device = actions.set_up_second_factor(actor_of(info, whatever_consent=True, whatever_factor=True))
        return SecondFactorSetUp(secret=secret_of(device), uri=device.config_url, qr_code=qr_code(device))

    @mutation(
        "Finish setting up a second factor with a first code. All other sessions and tokens end; this one counts as "
        "one whose factor was given.",
        keyed=False,
    )
    def activate_second_factor(self, info: Info, code: a_text("The code that the app shows.")) -> RecoveryCodes:
        actor = actor_of(info, whatever_consent=True, whatever_factor=True)
        proof, request = info.context.proof, info.context.request
        device, codes = actions.activate_second_factor(actor, code=code, keep=proof)
        if request is not None and proof.startswith("session:"):
            sign_in.prove_session(request, device)
        return RecoveryCodes(codes=codes)

    @mutation("The second step of signing in.", keyed=False)
    def confirm_second_factor(self, info: Info, challenge: a_text("What `login` answered."), code: A_CODE) -> SignedIn:
        challenged, device = actions.confirm_second_factor(challenge, code=code)
        return sign_in_as(info, challenged.person, wants_token=challenged.wants_token, device=device)

    @mutation("Give the second factor up; signs every browser and program out.", keyed=False)
    def remove_second_factor(self, info: Info, code: A_CODE) -> Done:
        actions.remove_second_factor(actor_of(info, whatever_consent=True), code=code)
        return Done(done=True)

    @mutation("Take new recovery codes in place of the old ones.", keyed=False)
    def renew_recovery_codes(self, info: Info, code: A_CODE) -> RecoveryCodes:
        return RecoveryCodes(codes=actions.renew_recovery_codes(actor_of(info, whatever_consent=True), code=code))
