"""Reading rules kept as SQL show what the rules themselves show, to everybody, whatever is asked of the rows besides."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Q

from backend.accounts.models import Person
from backend.core import clock, kept
from backend.partners.models import Announcement
from graphql_schema.schema import NODES
from tests.canary.canary import Canary, none

pytestmark = pytest.mark.django_db


def models() -> Iterator[tuple[str, Any]]:
    for name, area in NODES.items():
        yield name, apps.get_model(area, name)._default_manager


def keys(rows: Any) -> set[Any]:
    return set(rows.values_list("pk", flat=True))


def test_kept_rules_show_what_the_rules_show(canary: Canary) -> None:
    assert none(differing(canary))


def differing(canary: Canary) -> Iterator[str]:
    for actor, person in canary.world.actors.items():
        for name, rows in models():
            plain = keys(rows.visible_to(person))
            some = Q(pk__in=sorted(keys(rows.all()))[::2])
            asked = {
                "all": (rows.for_viewer(person), plain),
                "some": (rows.filter(some).for_viewer(person), keys(rows.visible_to(person).filter(some))),
                "a part": (rows.filter(pk__in=rows.for_viewer(person).values("pk")), plain),
                "the others": (rows.exclude(pk__in=rows.for_viewer(person).values("pk")), keys(rows.all()) - plain),
            }
            for way, (found, expected) in asked.items():
                if keys(found) != expected:
                    yield f"{name}, {way}, to {actor}"


def test_no_statement_names_a_stand_in(canary: Canary) -> None:
    strangers = {kept._key(one, connection) for one in kept.STAND_INS} | {
        kept._time(one, connection) for one in kept.MOMENTS
    }
    for person in canary.world.actors.values():
        for _, rows in models():
            with suppress(EmptyResultSet):
                assert strangers.isdisjoint(map(str, rows.for_viewer(person).query.sql_with_params()[1]))


def test_rules_that_ask_something_are_kept(canary: Canary) -> None:
    plain = set()
    for person in canary.world.actors.values():
        for name, rows in models():
            asked = rows.for_viewer(person).query
            with suppress(EmptyResultSet, FullResultSet):
                asked.where.as_sql(asked.get_compiler(DEFAULT_DB_ALIAS), connection)
                if not any(isinstance(part, kept.Kept) for part in asked.where.children):
                    plain.add(name)
    assert plain == set()


def test_a_rule_that_reckons_with_the_time_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = Announcement.objects.all()
    monkeypatch.setattr(kept, "_rules", OrderedDict())
    monkeypatch.setattr(
        type(rows), "visible_to", lambda rows, viewer: rows.filter(until__gt=clock.now() - timedelta(days=1))
    )
    assert kept.narrowed(rows, None) is None
    monkeypatch.setattr(kept, "_rules", OrderedDict())
    monkeypatch.setattr(type(rows), "visible_to", lambda rows, viewer: rows.filter(until__gt=clock.now()))
    assert kept.narrowed(rows, None) is not None


def test_a_rule_that_reads_more_of_a_viewer_than_the_kind_fails(
    canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = Announcement.objects.all()
    monkeypatch.setattr(kept, "_rules", OrderedDict())
    monkeypatch.setattr(type(rows), "visible_to", lambda rows, viewer: rows.filter(author__country=viewer.country_id))
    with pytest.raises(Person.DoesNotExist):
        kept.narrowed(rows, next(person for person in canary.world.actors.values() if person))


def test_rows_that_were_joined_cut_or_ordered_keep_what_was_asked_of_them(canary: Canary) -> None:
    person = next(person for person in canary.world.actors.values() if person and person.is_validated_staff)
    for rows in (
        Person.objects.filter(school__isnull=False),
        Person.objects.order_by("-pk"),
        Person.objects.only("pk").distinct(),
    ):
        assert list(rows.for_viewer(person)) == list(rows.visible_to(person))
