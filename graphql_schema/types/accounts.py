"""People."""

from datetime import datetime

import strawberry
import strawberry_django
from django.db.models import F
from strawberry import relay

from backend.accounts import models
from backend.accounts.permissions import CONSENT_VERSION, can_see_email, can_update_profile, needs_consent
from backend.accounts.second_factor import device_of
from backend.accounts.sign_in import digest_of, good_tokens, session_proof
from backend.agencies.models import OfficerRole
from backend.agencies.permissions import appointment, can_validate_teacher
from backend.core import clock
from backend.monitoring.activity import history
from backend.notifications.models import Digest, Frequency
from backend.partners.permissions import can_request_contact
from backend.partners.search import MatchReason, match_reasons
from backend.schools.countries import CountryCode
from backend.vocabulary.codes import Language as LanguageCode
from graphql_schema import choices  # noqa: F401
from graphql_schema.lookup import annotated
from graphql_schema.types.connections import Connection
from graphql_schema.types.live.history import Event
from graphql_schema.types.own.credentials import AccessToken, SecondFactor, SignInSession
from graphql_schema.types.schools import Country, School, SchoolMembership, country_field
from graphql_schema.types.visible import Visible
from graphql_schema.types.vocabulary import Language, Subject
from graphql_schema.viewer import Info, viewer_of

ABOUT_VALIDATION = ["kind", "state", "country"]
SCHOOL_SIZE = F("school__pupil_count")
PER_VIEWER = {"per_viewer": True}


@strawberry_django.type(models.Person, description="Somebody with an account: staff, a pupil or an officer.")
class Person(Visible, relay.Node):
    given_name: str = strawberry_django.field(description="The given name.")
    kind: models.PersonKind = strawberry_django.field(description="What kind of account this is.")
    role: models.StaffRole = strawberry_django.field(description="What somebody does at school.")
    presentation: str = strawberry_django.field(description="What somebody writes about themselves.")
    interests: str = strawberry_django.field(description="What somebody would like to work on.")
    ages_from: int | None = strawberry_django.field(description="The youngest pupils' age, in years.")
    ages_to: int | None = strawberry_django.field(description="The oldest pupils' age, in years.")
    is_available: bool = strawberry_django.field(description="Whether somebody looks for partners.")
    is_ambassador: bool = strawberry_django.field(description="Whether the agency named them an ambassador.")
    subjects: list[Subject] = strawberry_django.field(description="Subjects taught.")
    version: int = strawberry_django.field(description="The version of the profile; hand it back when editing.")
    languages: list[Language] = strawberry_django.field(description="Languages spoken.")
    country: Country | None = country_field(description="The country.")
    school: School | None = strawberry_django.field(description="The school.")

    @strawberry_django.field(description="Given and family name.", only=["given_name", "family_name"])
    def name(self) -> str:
        return self.get_full_name()

    @strawberry_django.field(
        description="The e-mail address: for oneself and the own agency.",
        only=["email", "country"],
        metadata=PER_VIEWER,
    )
    def email(self, info: Info) -> str | None:
        viewer = viewer_of(info)
        return self.email if viewer and can_see_email(viewer, self) else None

    @strawberry_django.field(
        description="How far the account has come: for oneself and the own agency.",
        only=ABOUT_VALIDATION, metadata=PER_VIEWER,
    )  # fmt: skip
    def state(self, info: Info) -> models.PersonState | None:
        viewer = viewer_of(info)
        return self.state if viewer and can_see_email(viewer, self) else None

    @strawberry_django.field(
        description="What the agency wrote with its decision: for oneself and the own agency.",
        only=["state_reason", "country"], metadata=PER_VIEWER,
    )  # fmt: skip
    def state_reason(self, info: Info) -> str | None:
        viewer = viewer_of(info)
        return self.state_reason if viewer and can_see_email(viewer, self) else None

    @strawberry_django.field(
        description="Why the two of you might work together.",
        only=["ages_from", "ages_to", "is_available", "kind"], prefetch_related=["languages", "subjects"],
        annotate={"school_size": SCHOOL_SIZE}, metadata=PER_VIEWER,
    )  # fmt: skip
    def match_reasons(self, info: Info) -> list[MatchReason]:
        viewer = viewer_of(info)
        if viewer is None or viewer.pk == self.pk:
            return []
        viewer = _with_terms(info, viewer)
        size = viewer.school.pupil_count if viewer.school else None
        return match_reasons(viewer, self, sizes=(size, annotated(self, "school_size", SCHOOL_SIZE)))

    @strawberry_django.field(
        description="Whether the viewer may send a contact request.", only=ABOUT_VALIDATION, metadata=PER_VIEWER
    )
    def viewer_can_request_contact(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and can_request_contact(viewer, self)

    @strawberry_django.field(
        description="Whether the viewer may validate or reject.", only=ABOUT_VALIDATION, metadata=PER_VIEWER
    )
    def viewer_can_validate(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and can_validate_teacher(viewer, self)

    @strawberry_django.field(
        description="Whether the viewer may close the account of who left the school, or name an ambassador.",
        only=ABOUT_VALIDATION, metadata=PER_VIEWER,
    )  # fmt: skip
    def viewer_can_revoke(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and self.is_validated_staff and can_validate_teacher(viewer, self)

    @strawberry_django.field(
        description="Whether the viewer may open the account again.", only=ABOUT_VALIDATION, metadata=PER_VIEWER
    )
    def viewer_can_restore(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and self.is_revoked and can_validate_teacher(viewer, self)

    @strawberry_django.connection(
        Connection[Event], description="What happened to this account, newest first: for officers of the country."
    )
    def history(self, info: Info) -> list[Event]:
        return history(viewer_of(info), self).order_by("-id")


def _with_terms(info: Info, viewer: models.Person) -> models.Person:
    """The viewer with languages, subjects and school, loaded once a request."""

    def load() -> models.Person:
        return (
            models.Person.objects.select_related("school").prefetch_related("languages", "subjects").get(pk=viewer.pk)
        )

    return info.context.once("viewer with terms", load)


@strawberry.type(description="What the agency asked before deciding.")
class Inquiry:
    question: str = strawberry.field(description="The question.")
    answer: str = strawberry.field(description="The answer; empty while there is none.")
    asked_at: datetime = strawberry.field(description="When it was asked.")
    answered_at: datetime | None = strawberry.field(description="When it was answered.")


@strawberry.type(description="The signed-in person's own side of things.")
class Viewer:
    record: strawberry.Private[models.Person]

    @strawberry_django.field(description="Oneself, as others see it.")
    def person(self) -> Person:
        return self.record

    @strawberry.field(description="The name to sign in with.")
    def login(self) -> str:
        return self.record.login

    @strawberry.field(description="The language letters and labels come in.")
    def language(self) -> LanguageCode:
        return LanguageCode(self.record.language)

    @strawberry.field(description="The time zone, by its IANA name.")
    def time_zone(self) -> str:
        return self.record.time_zone

    @strawberry.field(description="How far the account has come.")
    def state(self) -> models.PersonState:
        return models.PersonState(self.record.state)

    @strawberry.field(description="Until when the agency should have answered.")
    def due_at(self) -> datetime | None:
        return self.record.due_at

    @strawberry.field(description="The viewer's role as an officer, for whom is one.")
    def officer_role(self) -> OfficerRole | None:
        officer = appointment(self.record)
        return OfficerRole(officer.role) if officer else None

    @strawberry.field(description="The countries an officer answers for; null means all.")
    def oversees(self) -> list[CountryCode] | None:
        scope = self.record.oversees
        return None if scope.everywhere else [CountryCode(code) for code in sorted(scope.countries)]

    @strawberry.field(description="Whether the profile can be edited now.")
    def viewer_can_update_profile(self) -> bool:
        return can_update_profile(self.record, self.record)

    @strawberry_django.field(description="Schools, confirmed or not.")
    def schools(self, info: Info) -> list[SchoolMembership]:
        return self.record.school_memberships.for_viewer(viewer_of(info)).order_by("id")

    @strawberry.field(
        description="The version of code of conduct and privacy notice to accept before writing again; null if none."
    )
    def consent_needed(self) -> str | None:
        return CONSENT_VERSION if needs_consent(self.record) else None

    @strawberry.field(description="How often a letter tells what is new in the inbox.")
    def digest_frequency(self) -> Frequency:
        kept = Digest.objects.filter(recipient=self.record).first()
        return Frequency(kept.frequency) if kept else Frequency.DAILY

    @strawberry.field(description="The second factor.")
    def second_factor(self) -> SecondFactor:
        return SecondFactor(
            is_set=device_of(self.record) is not None,
            is_needed=self.record.needs_second_factor,
            recovery_codes_left=self.record.recovery_codes.count(),
        )

    @strawberry_django.field(description="Browsers that are signed in, latest used first.")
    def sessions(self, info: Info) -> list[SignInSession]:
        live = self.record.sessions.filter(expire_date__gt=clock.now()).order_by("-last_used_at")
        return [
            SignInSession(
                id=strawberry.ID(digest_of(each.pk)), browser=each.browser, created_at=each.created_at,
                last_used_at=each.last_used_at, is_current=session_proof(each.pk) == info.context.proof,
            )
            for each in live
        ]  # fmt: skip

    @strawberry_django.field(description="Tokens that are good, newest first.")
    def tokens(self, info: Info) -> list[AccessToken]:
        mine = models.AccessToken.objects.for_viewer(viewer_of(info)).filter(pk__in=good_tokens())
        return mine.order_by("-id")

    @strawberry_django.field(description="What the agency asked, oldest first.")
    def inquiries(self) -> list[Inquiry]:
        asked = self.record.inquiries.order_by("id")
        return [
            Inquiry(question=i.question, answer=i.answer, asked_at=i.created_at, answered_at=i.answered_at)
            for i in asked
        ]
