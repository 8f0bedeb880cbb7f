"""Registering, signing in and out, the own profile."""

from typing import Annotated

import strawberry
from django.contrib.auth import authenticate
from strawberry import UNSET, argument

from backend.accounts import actions, models, sign_in
from backend.accounts.second_factor import CHALLENGE_LIFE, challenge, device_of
from backend.core.guards import refusal
from backend.vocabulary.codes import Language, Subject
from graphql_schema.mutations.accounts.signing_in import SecondFactorAsked, SignedIn, sign_in_as
from graphql_schema.mutations.rule import a_country, a_language, a_text, mutation, only_key, or_conflict, plain, typed
from graphql_schema.types.accounts import Person
from graphql_schema.types.projects import TextConflict
from graphql_schema.viewer import Info, actor_of


@plain
@strawberry.type(description="The registration was received; a letter is on its way.")
class Registration:
    email: str = strawberry.field(description="Where the letter goes.")


@plain
@strawberry.type(description="Somebody signed out.")
class SignedOut:
    done: bool = strawberry.field(description="Always true.")


@strawberry.type
class AccountsMutation:
    @mutation(
        "Register as a teacher; a link to confirm the address comes by e-mail. Says the same for a known address."
    )
    def register_teacher(
        self,
        email: a_text("The e-mail address, which is the name to sign in with."),
        password: a_text("At least ten characters."),
        given_name: a_text("The given name."),
        family_name: a_text("The family name."),
        country: a_country("The country of the school."),
        consents: Annotated[bool, argument(description="Whether code of conduct and privacy notice are accepted.")],
        language: a_language("The language of letters: `EN` or `FR`.") = Language.EN,
        role: Annotated[models.StaffRole, argument(description="The role at school.")] = models.StaffRole.TEACHER,
    ) -> Registration:
        actions.register_teacher(
            email=email, password=password, given_name=given_name, family_name=family_name, country=country,
            consents=consents, language=language, role=role,
        )  # fmt: skip
        return Registration(email=email.strip().lower())

    @mutation(
        "Ask for another e-mail address: a link to confirm it goes there, and `confirmEmail` takes its token. Says the "
        "same for an address that has an account.",
        keyed=False,
    )
    def change_email(
        self,
        info: Info,
        email: a_text("The new address, which will be the name to sign in with."),
        current_password: a_text("The present password."),
    ) -> Registration:
        actor = actor_of(info, whatever_consent=True)
        return Registration(email=actions.change_email(actor, email=email, current=current_password))

    @mutation(
        "Prove an e-mail address by the token of the letter: a new request now waits for the agency, a changed address is "
        "the one to sign in with."
    )
    def confirm_email(self, token: a_text("The token of the link.")) -> Registration:
        return Registration(email=actions.confirm_email(token).email)

    @mutation(
        "Sign in with e-mail address and password. Sets the session cookie, or gives a bearer token; where a second "
        "factor is set up, a challenge for `confirmSecondFactor`.",
        keyed=False,
    )
    def login(
        self,
        info: Info,
        login: a_text("The e-mail address."),
        password: a_text("The password."),
        want_token: Annotated[bool, argument(description="A bearer token instead of a cookie.")] = False,
    ) -> SignedIn | SecondFactorAsked:
        person = _who(info, login, password, pupil=False)
        if device_of(person):
            return SecondFactorAsked(challenge=challenge(person, wants_token=want_token), seconds=CHALLENGE_LIFE)
        return sign_in_as(info, person, wants_token=want_token)

    @mutation("Sign in as a pupil, with user name and words. Sets the session cookie, or gives a token.", keyed=False)
    def pupil_login(
        self,
        info: Info,
        user_name: a_text("The user name on the card."),
        words: a_text("The words on the card."),
        want_token: Annotated[bool, argument(description="A bearer token instead of a cookie.")] = False,
    ) -> SignedIn:
        return sign_in_as(info, _who(info, user_name, words, pupil=True), wants_token=want_token)

    @mutation("Sign out: ends the session, or revokes the token of this request.", has_input=False)
    def logout(self, info: Info, input: only_key("LogoutInput") = None) -> SignedOut:
        kind, _, digest = info.context.proof.partition(":")
        if kind == "token":
            sign_in.end_token(digest)
        elif info.context.request is not None:
            sign_in.sign_out(info.context.request)
        info.context.viewer = None
        return SignedOut(done=True)

    @mutation("Answer what the agency asked.")
    def answer_information(self, info: Info, answer: a_text("The answer.")) -> Person:
        actor = actor_of(info)
        return actions.answer_information(actor, actor=actor, answer=answer)

    @mutation("Change the own profile; what is not given stays. Who edits an old version gets both texts back.")
    def update_profile(
        self,
        info: Info,
        given_name: Annotated[str | None, argument(description="The given name.")] = UNSET,
        family_name: Annotated[str | None, argument(description="The family name.")] = UNSET,
        presentation: Annotated[str | None, argument(description="About oneself.")] = UNSET,
        interests: Annotated[str | None, argument(description="What one would like to work on.")] = UNSET,
        language: Annotated[Language | None, argument(description="`EN` or `FR`.")] = UNSET,
        time_zone: Annotated[str | None, argument(description="An IANA name, such as Europe/Paris.")] = UNSET,
        role: Annotated[models.StaffRole | None, argument(description="The role at school.")] = UNSET,
        ages_from: Annotated[int | None, argument(description="The youngest pupils' age, in years.")] = UNSET,
        ages_to: Annotated[int | None, argument(description="The oldest pupils' age, in years.")] = UNSET,
        is_available: Annotated[bool | None, argument(description="Whether one looks for partners.")] = UNSET,
        subjects: Annotated[list[Subject] | None, argument(description="Subjects taught.")] = UNSET,
        languages: Annotated[list[Language] | None, argument(description="Languages spoken.")] = UNSET,
        expected_version: Annotated[
            int | None, argument(description="The version that was edited; without it the texts are written as given.")
        ] = None,
    ) -> Person | TextConflict:
        actor = actor_of(info)
        given = {name: value for name, value in locals().items() if name not in ("self", "info", "actor")}
        changes = typed(given, nullable=("ages_from", "ages_to"))
        return or_conflict(lambda: actions.update_profile(actor, actor=actor, **changes))


def _who(info: Info, name: str, password: str, *, pupil: bool) -> models.Person:
    person = authenticate(info.context.request, login=name, password=password)
    if not isinstance(person, models.Person) or (person.kind == models.PersonKind.PUPIL) != pupil:
        raise refusal("sign_in_failed")
    return person
