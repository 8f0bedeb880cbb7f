"""What the world sees of workspaces whose founders opened the home."""

from datetime import datetime

import strawberry
import strawberry_django
from django.db.models import Prefetch, prefetch_related_objects
from strawberry import relay

from backend.workspaces import models
from backend.workspaces.uploads.links import file_address
from graphql_schema.types.schools import Country
from graphql_schema.types.visible import Visible
from graphql_schema.types.vocabulary import Language, Subject

PAGES_SHOWN = 50
OF_PROJECT = {"select_related": ["project"]}


@strawberry.type(description="A page for the world.")
class PublicPage:
    title: str = strawberry.field(description="The title.")
    text: str = strawberry.field(description="What it says.")
    published_at: datetime = strawberry.field(description="When it was published.")


@strawberry_django.type(models.PublicHome, description="The public home of a project: no people, no schools' names.")
class PublicHome(Visible, relay.Node):
    description: str = strawberry_django.field(description="What the home says.")

    @strawberry_django.field(description="The title of the project.", only=["project__title"], **OF_PROJECT)
    def title(self) -> str:
        return self.project.title

    @strawberry_django.field(description="What the project is about.", only=["project__summary"], **OF_PROJECT)
    def summary(self) -> str:
        return self.project.summary

    @strawberry_django.field(
        description="The founders' countries.", prefetch_related=["project__members__country"], **OF_PROJECT
    )
    def countries(self) -> list[Country]:
        return list({m.country_id: m.country for m in self.project.founders}.values())

    @strawberry_django.field(description="Its subjects.", prefetch_related=["project__subjects"], **OF_PROJECT)
    def subjects(self) -> list[Subject]:
        return list(self.project.subjects.all())

    @strawberry_django.field(
        description="Its working languages.", prefetch_related=["project__languages"], **OF_PROJECT
    )
    def languages(self) -> list[Language]:
        return list(self.project.languages.all())

    @strawberry_django.field(description="Where the image is; null without a public one.", select_related=["image"])
    def image_url(self) -> str | None:
        shown = self.image and self.image.audience == models.Audience.PUBLIC and not self.image.is_removed
        return file_address(self.image_id, None) if shown else None

    @strawberry_django.field(
        description="Its public pages, at most 50.", only=["id"], prefetch_related=[lambda info: _shown_pages()]
    )
    def pages(self) -> list[PublicPage]:
        if not hasattr(self, "shown_pages"):  # asked for alone, by its id
            prefetch_related_objects([self], _shown_pages())
        return [
            PublicPage(title=p.title, text=p.text, published_at=p.published_at) for p in self.shown_pages[:PAGES_SHOWN]
        ]


def _shown_pages() -> Prefetch:
    """What of the pages the world may read, in their order."""
    shown = models.Page.objects.visible_to(None).filter(removed_at=None, hidden_at=None, archived_at=None)
    return Prefetch("pages", queryset=shown.order_by("position", "id"), to_attr="shown_pages")
