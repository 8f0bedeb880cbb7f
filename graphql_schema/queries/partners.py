"""Contacts, blocks, announcements and conversations."""

from typing import Annotated

import strawberry
import strawberry_django
from strawberry import argument

from backend.core.ranking import SearchOrder, best_first
from backend.core.text import fold
from backend.partners import models
from backend.partners.search import search_announcements
from backend.schools.countries import CountryCode
from backend.vocabulary.codes import Language, Subject
from graphql_schema.lookup import look_up
from graphql_schema.types.connections import Connection
from graphql_schema.types.partners import Announcement, Block, ContactRequest, Conversation
from graphql_schema.viewer import Info, viewer_key, viewer_of


@strawberry.input(description="Criteria of announcements; all that are given must hold.")
class AnnouncementFilter:
    words: str = strawberry.field(default="", description="Words in title and text.")
    country: CountryCode | None = strawberry.field(default=None, description="The author's country.")
    wanted: CountryCode | None = strawberry.field(default=None, description="A country that is wanted, or any is.")
    languages: list[Language] = strawberry.field(default_factory=list, description="Languages, any of them.")
    subjects: list[Subject] = strawberry.field(default_factory=list, description="Subjects, any of them.")
    age: int | None = strawberry.field(default=None, description="An age of pupils, in years.")


@strawberry.type
class PartnersQuery:
    @strawberry_django.connection(Connection[ContactRequest], description="Contact requests sent and received.")
    def contacts(
        self,
        info: Info,
        state: Annotated[models.ContactState | None, argument(description="Only in this state.")] = None,
    ) -> list[ContactRequest]:
        visible = models.ContactRequest.objects.for_viewer(viewer_of(info))
        return (visible.filter(state=state) if state else visible).order_by("-id")

    @strawberry_django.connection(Connection[Block], description="Whom the viewer keeps away, newest first.")
    def blocks(self, info: Info) -> list[Block]:
        return models.Block.objects.for_viewer(viewer_of(info)).order_by("-id")

    @strawberry_django.connection(
        Connection[Announcement],
        description="Who looks for partners: open announcements.",
    )
    def announcements(
        self,
        info: Info,
        filter: Annotated[AnnouncementFilter | None, argument(description="Criteria.")] = None,
        mine: Annotated[bool, argument(description="Only the viewer's own, closed ones too.")] = False,
        order: Annotated[SearchOrder, argument(description="What comes first.")] = SearchOrder.BEST,
    ) -> list[Announcement]:
        visible = models.Announcement.objects.for_viewer(viewer_of(info))
        if mine:
            return visible.filter(author=viewer_key(info)).order_by("-id")
        found = search_announcements(visible, **(vars(filter) if filter else {}))
        words = fold(filter.words).split() if filter and order == SearchOrder.BEST else []
        return best_first(found, words, heads=("topic",), bodies=("search_text",)) if words else found.order_by("-id")

    @strawberry_django.connection(
        Connection[Conversation], description="The viewer's conversations, the liveliest first."
    )
    def conversations(self, info: Info) -> list[Conversation]:
        return models.Conversation.objects.for_viewer(viewer_of(info)).order_by("-last_at", "-id")

    @strawberry_django.field(description="A conversation; null for who is not in it.")
    def conversation(
        self, info: Info, id: Annotated[strawberry.ID, argument(description="Its id.")]
    ) -> Conversation | None:
        return look_up(info, models.Conversation, id)
