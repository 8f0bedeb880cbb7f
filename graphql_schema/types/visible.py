"""Where every type's rows start from: what the viewer may see."""

from typing import Any

from django.db.models import Model, QuerySet

from backend.core.models import EntityQuerySet
from graphql_schema.viewer import viewer_of


class Visible:
    """A type whose model has `visible_to`. The optimizer also comes with a plain queryset, for forward relations."""

    @classmethod
    def is_type_of(cls, row: Any, info: Any) -> bool:
        """A proxy of a model is a type of its own: the public home is not the workspace."""
        return not isinstance(row, Model) or row._meta.model is cls.__strawberry_django_definition__.model  # type: ignore[attr-defined]

    @classmethod
    def get_queryset(cls, queryset: QuerySet[Any], info: Any, **kwargs: Any) -> QuerySet[Any]:
        if not isinstance(queryset, EntityQuerySet):
            ours: Any = queryset.model._default_manager.all()
            ours.query = queryset.query.chain()
            queryset = ours
        if queryset._seen_by is not None:  # its resolver began with for_viewer
            return queryset
        return queryset.for_viewer(viewer_of(info))
