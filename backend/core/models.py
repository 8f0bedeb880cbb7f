"""What every stored thing has: a time-ordered key and two dates; and what a command of cron did last."""

from typing import Any, Self, TypeVar
from uuid import UUID

from django.db import models
from uuid_utils import compat

from backend.core.kept import rules
from backend.core.kept.texts import NOBODY
from backend.core.lookups import as_keys


def new_id() -> UUID:
    """A UUIDv7: sorts by the time it was made, tells nothing else."""
    return compat.uuid7()


T = TypeVar("T", bound=models.Model)


class EntityQuerySet(models.QuerySet[T]):
    """A queryset whose rows can be locked and, in each area, narrowed to what a viewer may see."""

    _seen_by: UUID | None = None

    def for_viewer(self, viewer: Any) -> Self:
        """`visible_to(viewer)`, and every row loaded by it says so to the wall it passes on its way out."""
        found: Self | None = rules.narrowed(self, viewer)
        narrowed: Self = self.visible_to(viewer) if found is None else found  # type: ignore[attr-defined]
        narrowed._seen_by = viewer.pk if viewer else NOBODY
        return narrowed

    def filter(self, *conditions: Any, **fields: Any) -> Self:
        return super().filter(*map(as_keys, conditions), **fields)

    # Over a relation to many; as a join it would be made for the whole table, whatever else narrows it.
    def _each(self, condition: models.Q, key: str = "pk") -> models.Q:
        """What is asked of each row by itself, since all of it would be much: such as a country's."""
        row = models.OuterRef(key)
        # With equality alone PostgreSQL would rather find all of it once for a page of twenty.
        return models.Q(models.Exists(self.model._default_manager.filter(condition, pk=row, pk__lte=row)))

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._seen_by = self._seen_by
        return clone

    def _fetch_all(self) -> None:
        super()._fetch_all()
        if self._seen_by is not None:
            for row in self._result_cache or ():
                if isinstance(row, models.Model):
                    row._seen_by = self._seen_by  # type: ignore[attr-defined]

    def lock(self, entity: models.Model) -> T:
        """The row as it is now, held until the transaction ends (SQLite holds the whole file)."""
        return self.select_for_update(of=("self",)).get(pk=entity.pk)

    def newest_first(self) -> Self:
        return self.order_by("-pk")


class Entity(models.Model):
    """A row with a UUIDv7 key."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Removable(models.Model):
    """Something that a person wrote and that can be taken away, or hidden until somebody has decided."""

    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None or self.hidden_at is not None


def partial(model: type[T], **columns: Any) -> T:
    """A row of which only these are known; whatever else is read of it is looked up."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname in columns]
    return model.from_db(None, names, [columns[name] for name in names])


def set_fields(entity: models.Model, **values: Any) -> None:
    for name, value in values.items():
        setattr(entity, name, value)


def change(entity: models.Model, **values: Any) -> list[str]:
    """Set and save the values that differ; returns the names of what changed."""
    changed = [name for name, value in values.items() if getattr(entity, name) != value]
    if changed:
        set_fields(entity, **{name: values[name] for name in changed})
        entity.save(update_fields=[*changed, "updated_at"])
    return changed


class JobRun(models.Model):
    """The last run of a command of cron."""

    name = models.CharField(max_length=60, primary_key=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    result = models.CharField(max_length=400, blank=True)
    has_failed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name
