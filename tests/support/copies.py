"""A hundred rows like one: what the rules made once, many times over, for tests about quantity."""

from typing import Any

from django.db.models import Model

from backend.core.models import new_id


def copies(row: Model, times: int, **given: Any) -> list[Any]:
    """So many copies of a row, with its links; a value that is callable is given the copy's number."""
    model: Any = type(row)
    kept = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    own = {} if model._meta.auto_field else {"id": new_id}
    made = []
    for n in range(times):
        values = kept | {name: make() for name, make in own.items()}
        if not own:
            values.pop(model._meta.pk.attname)
        values |= {name: value(n) if callable(value) else value for name, value in given.items()}
        made.append(model(**values))
    model._base_manager.bulk_create(made)
    for link in model._meta.many_to_many:
        if link.remote_field.through._meta.auto_created:
            _copy_links(row, made, link)
    return made


def children(rows: list[Model], parent: str, parents: list[Any]) -> None:
    """The rows that belong to the first parent, again for each of the others."""
    for row in rows:
        copies(row, len(parents), **{f"{parent}_id": lambda n: parents[n].pk})


def _copy_links(row: Model, made: list[Any], link: Any) -> None:
    through, source = link.remote_field.through, link.m2m_field_name()
    target = link.m2m_reverse_field_name()
    linked = list(through.objects.filter(**{source: row}).values_list(f"{target}_id", flat=True))
    through.objects.bulk_create(
        through(**{f"{source}_id": copy.pk, f"{target}_id": key}) for copy in made for key in linked
    )
