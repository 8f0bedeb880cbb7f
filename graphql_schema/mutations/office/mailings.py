"""Writing to an agency's teachers, and saying whether one wants it."""

from datetime import datetime
from typing import Annotated, Any

import strawberry
from strawberry import UNSET, argument

from backend.accounts.models import StaffRole
from backend.core.guards import allow
from backend.mailings import models
from backend.mailings.actions.consent import set_mailing_consent
from backend.mailings.actions.sending import cancel_mailing, record_bounces, send_mailing
from backend.mailings.actions.writing import draft_mailing, edit_mailing, remove_audience, save_audience
from backend.mailings.permissions import agency_of
from backend.schools.models import SchoolType
from backend.vocabulary.codes import Language, Subject
from graphql_schema.lookup import find
from graphql_schema.mutations.accounts.credentials import Done
from graphql_schema.mutations.rule import Version, a_text, an_id, mutation, or_conflict, plain, typed
from graphql_schema.types.projects import TextConflict
from graphql_schema.types.support.mailings import Mailing, MailingAudience
from graphql_schema.viewer import Info, actor_of


@strawberry.input(description="A message's words in one language.")
class MailingWords:
    language: Language = strawberry.field(description="The language.")
    subject: str = strawberry.field(description="The subject.")
    body: str = strawberry.field(description="The text; an empty line begins a paragraph.")


@strawberry.input(description="Whom a message is for: validated teachers who want messages, and who fit all of these.")
class MailingCriteria:
    role: StaffRole | None = strawberry.field(default=UNSET, description="What they do at school.")
    region: str | None = strawberry.field(default=UNSET, description="The region of their school, as it names it.")
    school_type: SchoolType | None = strawberry.field(default=UNSET, description="The type of their school.")
    subject: Subject | None = strawberry.field(default=UNSET, description="A subject they teach.")
    language: Language | None = strawberry.field(default=UNSET, description="A language they speak.")
    projects: str | None = strawberry.field(
        default=UNSET, description="`NONE`: never in a project; `OPEN`: in one that is open."
    )
    ambassadors: bool | None = strawberry.field(default=UNSET, description="Only ambassadors.")


@plain
@strawberry.type(description="Whether somebody wants messages of the agency.")
class MailingConsentGiven:
    wanted: bool = strawberry.field(description="Whether they do from now on.")


MailingId = an_id("The message.")
Words = Annotated[list[MailingWords], argument(description="The words; who reads none of these gets the first.")]
Criteria = Annotated[MailingCriteria, argument(description="Whom it is for.")]


@strawberry.type
class MailingsMutation:
    @mutation("Begin a message to teachers of the own country; nobody gets it yet.")
    def draft_mailing(self, info: Info, words: Words, criteria: Criteria) -> Mailing:
        actor = actor_of(info)
        return draft_mailing(_own(actor), actor=actor, words=_words(words), criteria=_criteria(criteria))

    @mutation("Change a draft: other words, other readers. Who edits an old version gets both texts back.")
    def edit_mailing(
        self, info: Info, mailing_id: MailingId, expected_version: Version, words: Words, criteria: Criteria
    ) -> Mailing | TextConflict:
        actor = actor_of(info)
        mailing = _mailing(info, mailing_id)
        given = {"expected_version": expected_version, "words": _words(words), "criteria": _criteria(criteria)}
        return or_conflict(lambda: edit_mailing(mailing, actor=actor, **given))

    @mutation("Send a draft: in ten minutes, or at an hour ahead. At most five within seven days.")
    def send_mailing(
        self,
        info: Info,
        mailing_id: MailingId,
        at: Annotated[datetime | None, argument(description="When, at most 90 days ahead.")] = None,
    ) -> Mailing:
        actor = actor_of(info)
        return send_mailing(_mailing(info, mailing_id), actor=actor, at=at)

    @mutation("Cancel a message that has not begun to leave.")
    def cancel_mailing(self, info: Info, mailing_id: MailingId) -> Mailing:
        actor = actor_of(info)
        return cancel_mailing(_mailing(info, mailing_id), actor=actor)

    @mutation("Say which letters came back; these addresses get no more messages.")
    def record_mailing_bounces(
        self,
        info: Info,
        mailing_id: MailingId,
        addresses: Annotated[list[str], argument(description="At most 250 e-mail addresses.")],
    ) -> Mailing:
        actor = actor_of(info)
        return record_bounces(_mailing(info, mailing_id), actor=actor, addresses=addresses)

    @mutation("Keep filters under a name; the same name again replaces them.")
    def save_mailing_audience(self, info: Info, name: a_text("The name."), criteria: Criteria) -> MailingAudience:
        actor = actor_of(info)
        return save_audience(_own(actor), actor=actor, name=name, criteria=_criteria(criteria))

    @mutation("Remove kept filters; messages that used them keep theirs.")
    def remove_mailing_audience(self, info: Info, audience_id: an_id("The filters.")) -> Done:
        actor = actor_of(info)
        remove_audience(find(info, models.MailingAudience, audience_id, field="audience_id"), actor=actor)
        return Done(done=True)

    @mutation("Say whether one wants messages of one's agency.")
    def set_mailing_consent(
        self, info: Info, wanted: Annotated[bool, argument(description="Whether.")]
    ) -> MailingConsentGiven:
        consent = set_mailing_consent(actor=actor_of(info), wanted=wanted)
        return MailingConsentGiven(wanted=consent.withdrawn_at is None)


def _own(actor: Any) -> Any:
    """The agency that somebody may write for; the rule refuses those who have none."""
    agency = agency_of(actor)
    allow(agency is not None)
    return agency


def _mailing(info: Info, identifier: str) -> models.Mailing:
    return find(info, models.Mailing, identifier, field="mailing_id")


def _words(words: list[MailingWords]) -> dict[str, dict[str, str]]:
    return {one.language.value: {"subject": one.subject, "body": one.body} for one in words}


def _criteria(criteria: MailingCriteria) -> dict[str, Any]:
    given = typed(vars(criteria))
    return {name: getattr(value, "value", value) for name, value in given.items()}
