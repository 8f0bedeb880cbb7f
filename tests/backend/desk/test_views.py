"""Saved views: private or shared with the agency."""

import pytest

from backend.desk import actions
from backend.desk.actions import remove_view, save_view
from backend.desk.models import SavedView
from backend.eventlog.models import Event, EventCountry
from tests.factories.people import central, officer, teacher
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def test_a_view_is_its_owners() -> None:
    lou = officer("FR")
    view = save_view("people", actor=lou, name=" New  schools ", query="school=new&&state=new")
    assert (view.name, view.query, view.is_shared) == ("New schools", "school=new&state=new", False)
    assert list(SavedView.objects.visible_to(lou)) == [view]
    assert list(SavedView.objects.visible_to(officer("FR"))) == []
    assert EventCountry.objects.filter(event=Event.objects.latest("pk")).count() == 0


def test_a_shared_view_is_the_agencys() -> None:
    view = save_view("people", actor=officer("FR"), name="New", query="state=new", is_shared=True)
    seen = {person: list(SavedView.objects.visible_to(person)) for person in (officer("FR", role="VIEWER"),)}
    assert list(seen.values()) == [[view]]
    for stranger in (officer("DE"), central(), teacher("FR"), None):
        assert list(SavedView.objects.visible_to(stranger)) == []
    assert EventCountry.objects.get(event=Event.objects.latest("pk")).country_id == "FR"


def test_the_same_name_replaces() -> None:
    lou = officer("FR")
    save_view("people", actor=lou, name="New", query="state=new")
    save_view("people", actor=lou, name="New", query="state=asked")
    save_view("schools", actor=lou, name="New", query="due=overdue")
    found = SavedView.objects.order_by("pk").values_list("queue", "query")
    assert list(found) == [("people", "state=asked"), ("schools", "due=overdue")]


def test_what_a_view_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    lou = officer("FR")
    with refused("required"):
        save_view("people", actor=lou, name=" ", query="")
    with refused("too_long"):
        save_view("people", actor=lou, name="x" * 61, query="")
    with refused("too_long"):
        save_view("people", actor=lou, name="x", query="a=" + "x" * 500)
    with refused("code_unknown"):
        save_view("nothing", actor=lou, name="x", query="")
    with refused("not_permitted"):
        save_view("people", actor=teacher("FR"), name="x", query="")
    monkeypatch.setattr(actions, "VIEWS", 1)
    save_view("people", actor=lou, name="One", query="")
    with refused("views_enough"):
        save_view("people", actor=lou, name="Two", query="")
    assert SavedView.objects.count() == 1


def test_who_removes_a_view() -> None:
    lou = officer("FR")
    shared = save_view("people", actor=lou, name="New", query="state=new", is_shared=True)
    private = save_view("people", actor=lou, name="Mine", query="state=new")
    for stranger in (officer("FR"), officer("DE", role="LEAD")):
        with refused("not_permitted"):
            remove_view(shared, actor=stranger)
    with refused("not_permitted"):
        remove_view(private, actor=officer("FR", role="LEAD"))
    remove_view(shared, actor=officer("FR", role="LEAD"))
    remove_view(private, actor=lou)
    assert SavedView.objects.count() == 0
    assert Event.objects.filter(kind="view.removed").count() == 2
