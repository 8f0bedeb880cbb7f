"""Officers look inside private workspaces for a reason, and the teachers know."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from backend.agencies.actions.officers import dismiss_officer
from backend.eventlog.models import Entry, Event
from backend.moderation.actions.looks import look_inside
from backend.moderation.inside import last_things
from backend.moderation.models import Look
from backend.projects.actions.partners import invite_partner
from backend.workspaces.actions.discussions import remove_post
from backend.workspaces.actions.updates import post_update
from backend.workspaces.room import take_away
from tests.backend.moderation.test_reports import a_post, code_of, people_of
from tests.factories.people import central, officer, teacher
from tests.factories.projects import contacts, project, workspace

pytestmark = pytest.mark.django_db


def test_the_teachers_are_told_and_read_why() -> None:
    room = workspace()
    founder, other, child = people_of(room)
    by = officer("PL")
    look = look_inside(room.project, actor=by, reason=" A parent called ")
    assert (look.workspace, look.officer, look.reason) == (room, by, "A parent called")
    event = Event.objects.get(kind="workspace.looked_inside")
    assert set(event.notifications.values_list("recipient", flat=True)) == {founder.pk, other.pk}
    assert Entry.objects.filter(stream=room.pk, event=event).exists()
    assert sorted(event.countries.values_list("country", flat=True)) == ["FR", "PL"]
    seen = {p: Look.objects.visible_to(p).exists() for p in (founder, other, by, child, officer("PL"), teacher("PL"))}
    assert [seen[p] for p in (founder, other, by)] == [True] * 3
    assert sum(seen.values()) == 3


def test_who_looked_too_reads_who_did_before_and_why() -> None:
    room, elsewhere = workspace(), workspace()
    first, second, left = officer("PL"), officer("FR"), officer("FR")
    for by in (first, left):
        look_inside(room.project, actor=by, reason=f"By {by}")
    look_inside(elsewhere.project, actor=first, reason="Elsewhere")
    look_inside(room.project, actor=second, reason="By the second")
    dismiss_officer(left.officer, actor=officer("FR", role="LEAD"), reason="Retired")

    def read(person: Any) -> list[str]:
        found = Look.objects.visible_to(type(person).objects.get(pk=person.pk)).filter(workspace=room)
        return list(found.order_by("pk").values_list("reason", flat=True))

    assert read(second) == [f"By {first}", f"By {left}", "By the second"]
    assert read(left) == [f"By {left}"]
    assert [read(one) for one in (officer("FR"), central(), teacher("FR"))] == [[], [], []]
    assert not Look.objects.visible_to(second).filter(workspace=elsewhere).exists()


def test_who_may_not_look() -> None:
    room = workspace()
    founder, _, child = people_of(room)
    refusals: list[tuple[Any, Any, str, str]] = [
        (room.project, actor, "Why", "not_permitted")
        for actor in (officer("DE"), officer("FR", role="VIEWER"), founder, child, teacher("FR"))
    ]
    refusals += [
        (room.project, officer("FR"), " ", "reason_missing"),
        (project("PENDING_APPROVAL"), officer("FR"), "Why", "workspace_not_opened"),
    ]
    invited = teacher("ES")
    contacts(founder, invited)
    invite_partner(room.project, actor=founder, person=invited)
    refusals.append((room.project, officer("ES"), "Why", "not_permitted"))
    before = Event.objects.count()
    for thing, actor, reason, code in refusals:
        with pytest.raises((PermissionDenied, ValidationError)) as refused:
            look_inside(thing, actor=actor, reason=reason)
        assert code_of(refused) == code
    assert (Look.objects.count(), Event.objects.count()) == (0, before)
    look_inside(room.project, actor=central(), reason="Why")


def test_what_is_seen_inside() -> None:
    room = workspace()
    founder, other, child = people_of(room)
    post = a_post(room, child)
    remove_post(post, actor=other)
    for n in range(200):
        post_update(room, actor=founder, text=f"News {n}")
    things = last_things(room)
    assert len(things) == 200
    assert (things[0].kind, things[0].text, things[0].author) == ("Update", "News 199", str(founder))
    assert {t.kind for t in things} == {"Update"}, "the newest 200 of all kinds together"


def test_removed_words_are_gone_for_officers_too() -> None:
    room = workspace()
    founder, _, child = people_of(room)
    post = a_post(room, child)
    assert [(t.kind, t.title, t.text, t.within) for t in last_things(room)] == [
        ("Post", "", "Rude words", "T"),
        ("Post", "", "First", "T"),
        ("Thread", "T", "", "D"),
        ("Discussion", "D", "", ""),
    ]
    remove_post(post, actor=founder)
    newest = last_things(room)[0]
    assert (newest.text, newest.is_removed, newest.author) == ("", True, str(child))
    take_away(post.thread, founder)
    assert {t.within for t in last_things(room)} == {"", "D"}
