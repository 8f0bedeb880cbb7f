"""Reading rules kept as SQL show what the rules themselves show, to everybody, whatever is asked of the rows besides."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Exists, OuterRef, Q

from backend.accounts.models import Person
from backend.agencies.models import Officer
from backend.core import clock
from backend.core.kept import rules, statements, texts
from backend.core.kept.last import Last
from backend.core.kept.statements import rows_of
from backend.monitoring.queues import _standings
from backend.partners.models import Announcement
from backend.workspaces.models import Workspace, WorkspaceMembership
from graphql_schema.lookup import visible
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
    strangers = {str(texts.value_in(one, connection)) for one in texts.STAND_INS}
    strangers |= {str(texts.value_in(one, connection)) for one in texts.MOMENTS}
    for person in canary.world.actors.values():
        for _, rows in models():
            with suppress(EmptyResultSet):
                _, params = rows.for_viewer(person).query.sql_with_params()
                assert not [one for one in strangers if one in str([*map(str, params)])]


def test_rules_that_ask_something_are_kept(canary: Canary) -> None:
    plain = set()
    for person in canary.world.actors.values():
        for name, rows in models():
            asked = rows.for_viewer(person).query
            with suppress(EmptyResultSet, FullResultSet):
                asked.where.as_sql(asked.get_compiler(DEFAULT_DB_ALIAS), connection)
                if not any(isinstance(part, rules.Kept) for part in asked.where.children):
                    plain.add(name)
    assert plain == set()


@pytest.fixture
def rule(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, Any], None]:
    """Sets another reading rule, of which nothing is kept yet."""

    def set_rule(rows: Any, found: Any) -> None:
        monkeypatch.setattr(rules, "_rules", Last(rules.RULES))
        monkeypatch.setattr(type(rows.all()), "visible_to", found)

    return set_rule


def teacher(canary: Canary) -> Person:
    return next(person for person in canary.world.actors.values() if person and person.is_validated_staff)


def officer(canary: Canary) -> Person:
    return next(person for person in canary.world.actors.values() if person and person.oversees)


def test_the_time_is_a_parameter(rule: Any) -> None:
    rows = Announcement.objects.all()
    rule(rows, lambda rows, viewer: rows.filter(until__gt=clock.now()))
    assert rules.narrowed(rows, None) is not None
    rule(rows, lambda rows, viewer: rows.filter(until__gt=clock.now() - timedelta(days=1)))
    assert rules.narrowed(rows, None) is None
    rule(rows, lambda rows, viewer: rows.filter(ages_from=clock.now().second))
    assert rules.narrowed(rows, None) is None
    rule(
        rows, lambda rows, viewer: rows.filter(removed_at=None) if clock.now().year < 2000 else rows.filter(until=None)
    )
    assert rules.narrowed(rows, None) is None


@pytest.mark.parametrize(
    "read",
    [
        lambda rows, viewer: rows.filter(author__country=viewer.country_id),
        lambda rows, viewer: rows.exclude(author__in=list(viewer.blocks.values_list("blocked", flat=True))),
        lambda rows, viewer: rows.filter(removed_at=None) if Person.objects.exists() else rows,
    ],
)
def test_a_rule_that_reads_by_itself_is_refused(canary: Canary, rule: Any, read: Any) -> None:
    rows = Announcement.objects.all()
    rule(rows, read)
    with pytest.raises(texts.RuleAsks):
        rules.narrowed(rows, teacher(canary))


def test_an_officers_row_is_not_the_person(canary: Canary, rule: Any) -> None:
    rows = Officer.objects.all()
    rule(rows, lambda rows, viewer: rows.exclude(pk=viewer.officer.pk))
    assert rules.narrowed(rows, officer(canary)) is None


def test_a_rule_about_no_column_of_its_own_has_its_own_table(canary: Canary, rule: Any) -> None:
    person, rows = teacher(canary), Person.objects
    rule(rows, lambda rows, viewer: rows.filter(Exists(Person.objects.filter(pk=viewer.pk))))
    same = rows.filter(country=OuterRef("country"), pk=OuterRef("pk"), given_name=person.given_name)
    assert keys(rows.filter(Exists(same.for_viewer(person)))) == keys(rows.filter(given_name=person.given_name))


def test_joins_leave_no_trace_in_a_kept_rule(canary: Canary) -> None:
    for _ in range(3):
        list(Announcement.objects.for_viewer(teacher(canary)).filter(removed_by__country="FR", author__country="FR"))
    for asked in rules._rules.values():
        assert max((len(aliases) for aliases in asked.query.table_map.values()), default=0) <= 2


def test_a_statement_kept_as_a_whole_gives_what_it_gives(canary: Canary) -> None:
    for person in (person for person in canary.world.actors.values() if person and person.oversees):
        for _ in range(2):
            assert rows_of(_standings, person) == list(_standings(person))


def test_looked_up_by_a_kept_statement_everything_is_as_the_rule_says(
    canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "_asked", Last(10_000))
    different, unkept = set(), set()
    for actor, person in canary.world.actors.items():
        for name, rows in models():
            seen, ask = keys(rows.visible_to(person)), visible(rows.model, "pk")
            for key in [*keys(rows.all())][:4]:
                found = [[row.pk for row in rows_of(ask, person, key)] for _ in range(3)]
                if found != [[key] if key in seen else []] * 3:
                    different.add(f"{name} to {actor}")
            asked = statements._asked.get((ask, person and person.viewer_kind, UUID))
            if seen and asked and asked.times > 2 and asked.statement is None:
                unkept.add(name)
    assert different == set()
    assert unkept == set()


def test_what_ends_ends_in_a_kept_statement_too(canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even when it was kept while the clock stood still."""
    monkeypatch.setattr(statements, "_asked", Last(10))
    person, now = teacher(canary), clock.now()
    room = Workspace.objects.visible_to(person).first()
    assert room
    WorkspaceMembership.objects.filter(workspace=room, person=person).update(expires_at=now + timedelta(days=1))
    ask = visible(Workspace, "pk")
    with clock.stopped(now):
        assert [len(rows_of(ask, person, room.pk)) for _ in range(3)] == [1, 1, 1]
    with clock.stopped(now + timedelta(days=5)):
        assert rows_of(ask, person, room.pk) == list(Workspace.objects.visible_to(person).filter(pk=room.pk)) == []


def test_a_statement_that_reckons_with_the_time_is_not_kept(canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "_asked", Last(10))
    later = clock.now() + timedelta(days=1)

    def ask(viewer: Any, key: Any) -> Any:
        return Person.objects.filter(pk=key, created_at__lte=max(clock.now(), datetime(2000, 1, 1, tzinfo=UTC)))

    for _ in range(3):
        assert rows_of(ask, None, teacher(canary).pk)
    for asked in statements._asked.values():
        assert asked.statement is None
    with clock.stopped(later):
        assert rows_of(ask, None, teacher(canary).pk)


def test_few_rules_are_kept_the_last_used_ones(canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_rules", Last(2))
    for rows in (Announcement.objects, Person.objects, Announcement.objects, Officer.objects):
        rows.for_viewer(officer(canary))
    assert [model for _, model, _ in rules._rules] == [Announcement, Officer]


def test_rows_that_were_joined_cut_or_ordered_keep_what_was_asked_of_them(canary: Canary) -> None:
    person = teacher(canary)
    for rows in (
        Person.objects.filter(school__isnull=False),
        Person.objects.order_by("-pk"),
        Person.objects.only("pk").distinct(),
    ):
        assert list(rows.for_viewer(person)) == list(rows.visible_to(person))
