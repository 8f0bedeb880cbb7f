"""Messages of an agency to its teachers, and the filters it keeps for them."""

from datetime import datetime
from typing import Any

import strawberry
import strawberry_django
from django.db.models import Count, Q
from strawberry import relay

from backend.mailings import models
from backend.mailings.permissions import can_read_letters, can_write_mailing
from backend.vocabulary.codes import Language
from graphql_schema import choices  # noqa: F401
from graphql_schema.types.agencies import Agency
from graphql_schema.types.visible import Visible
from graphql_schema.viewer import Info, viewer_of

PER_VIEWER = {"per_viewer": True}


def _letters(*states: str) -> dict[str, Any]:
    return {f"in_{states[0].lower()}": Count("letters", filter=Q(letters__state__in=states))}


@strawberry.type(description="A filter of an audience.")
class Criterion:
    name: str = strawberry.field(description="`role`, `region`, `school_type`, `subject`, `language`, `projects` …")
    value: str = strawberry.field(description="The code it asks for; `yes` for a plain one.")

    @classmethod
    def list_of(cls, criteria: dict[str, Any]) -> "list[Criterion]":
        return [cls(name=name, value="yes" if value is True else value) for name, value in sorted(criteria.items())]


@strawberry_django.type(models.MailingAudience, description="Filters that an agency keeps under a name.")
class MailingAudience(Visible, relay.Node):
    name: str = strawberry_django.field(description="The name.")
    agency: Agency = strawberry_django.field(description="Whose they are.")

    @strawberry_django.field(description="The filters.", only=["criteria"])
    def criteria(self) -> list[Criterion]:
        return Criterion.list_of(self.criteria)


@strawberry_django.type(models.MailingText, description="A message's words in one language.")
class MailingText:
    language: Language = strawberry_django.field(description="The language.")
    subject: str = strawberry_django.field(description="The subject.")
    body: str = strawberry_django.field(description="The text.")


WITH_TEXTS = {"only": ["language"], "prefetch_related": ["texts"]}


@strawberry_django.type(models.Mailing, description="A message of an agency to many teachers of its country.")
class Mailing(Visible, relay.Node):
    title: str = strawberry_django.field(description="The subject in the first language.")
    agency: Agency = strawberry_django.field(description="Who writes.")
    state: models.MailingState = strawberry_django.field(description="How far it has come.")
    version: int = strawberry_django.field(description="The version of the text; hand it back when editing.")
    send_at: datetime | None = strawberry_django.field(description="When it leaves or left; null for drafts.")

    @strawberry_django.field(description="The subject in the viewer's language.", metadata=PER_VIEWER, **WITH_TEXTS)
    def subject(self, info: Info) -> str:
        return _text(self, info).subject

    @strawberry_django.field(description="The text in the viewer's language.", metadata=PER_VIEWER, **WITH_TEXTS)
    def body(self, info: Info) -> str:
        return _text(self, info).body

    @strawberry_django.field(description="The filters, for the agency; empty for readers.", select_related=["agency"],
                             only=["criteria"], metadata=PER_VIEWER)  # fmt: skip
    def criteria(self, info: Info) -> list[Criterion]:
        return Criterion.list_of(self.criteria) if _may_read(self, info) else []

    @strawberry_django.field(description="How many have it in their inbox, for the agency.", select_related=["agency"],
                             annotate=_letters(*models.REACHED), metadata=PER_VIEWER)  # fmt: skip
    def reached(self, info: Info) -> int | None:
        return _number(self, "in_told", info)

    @strawberry_django.field(description="How many letters came back, for the agency.", select_related=["agency"],
                             annotate=_letters(models.LetterState.BOUNCED), metadata=PER_VIEWER)  # fmt: skip
    def bounced(self, info: Info) -> int | None:
        return _number(self, "in_bounced", info)

    @strawberry_django.field(description="Whether the viewer may edit, send and cancel it.", only=["agency"],
                             metadata=PER_VIEWER)  # fmt: skip
    def viewer_can_send(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and can_write_mailing(viewer, self.agency_id)  # type: ignore[attr-defined]


def _text(mailing: Any, info: Info) -> models.MailingText:
    viewer = viewer_of(info)
    found: models.MailingText = mailing.text_for(viewer.language if viewer else "")
    return found


def _number(mailing: Any, name: str, info: Info) -> int | None:
    """Counted with the list, or now where a mutation has just answered."""
    if not _may_read(mailing, info):
        return None
    if not hasattr(mailing, name):
        counts = models.counts_of(mailing)
        mailing.in_told, mailing.in_bounced = sum(counts[state] for state in models.REACHED), counts["BOUNCED"]
    found: int = getattr(mailing, name)
    return found


def _may_read(mailing: Any, info: Info) -> bool:
    viewer = viewer_of(info)
    return viewer is not None and can_read_letters(viewer, mailing)
