"""Twelve hundred projects in every state, each by the steps that lead there."""

from collections.abc import Callable
from datetime import datetime, timedelta

from backend.accounts.models import Person
from backend.config.demo.europe.contacts import Contacts
from backend.config.demo.europe.path import ProjectPath
from backend.config.demo.ground.texts import Theme, lands, themes
from backend.config.demo.ground.world import World
from backend.projects.models import ProjectState

NATIONAL = 0.12  # of all projects
SENT_BACK = 0.12  # of the opened ones, once


def build_projects(world: World, contacts: Contacts) -> list[ProjectPath]:
    """All projects; returns those that were opened, the longest open first."""
    opened = []
    for state, (number, least, most, walk) in WALKS.items():
        for place in range(world.count(number, least=4)):
            end = world.ago(least, most)
            path = _draft(world, contacts, end - timedelta(days=world.chance.uniform(4, 30)), end)
            walk(world, path, place)
            assert path.project.state == state
            if path.was_opened:
                opened.append(path)
    return sorted(opened, key=lambda path: path.opened_at)


def _draft(world: World, contacts: Contacts, start: datetime, end: datetime) -> ProjectPath:
    known = start - timedelta(days=3)
    experienced = [person for person in world.teachers if person.state_since < known]
    one = world.pick(experienced)
    is_national = world.happens(NATIONAL)
    fitting = [
        person for person in experienced
        if person.school_id != one.school_id and (person.country_id == one.country_id) == is_national
    ]  # fmt: skip
    other = world.pick(fitting)
    contacts.between(one, other, start)
    return ProjectPath(world, (one, other), _theme(world, one, other), start, end)


def _theme(world: World, one: Person, other: Person) -> Theme:
    """English mostly; another language only where somebody speaks it at home."""
    spoken = {code for person in (one, other) for code in lands()[person.country_id or "IE"].languages}
    own = [theme for theme in themes() if theme.language in spoken]
    if own and world.happens(0.4):
        return world.pick(own)
    return world.pick([theme for theme in themes() if theme.language == "en"])


def _stay_draft(world: World, path: ProjectPath, place: int) -> None:
    if place % 3:
        path.to(1.0)
        path.edit(path.other)


def _sent(world: World, path: ProjectPath, at: float) -> None:
    path.to(at * 0.6)
    path.edit(path.other if world.happens(0.6) else path.one)
    path.to(at)
    path.submit()


def _wait_for_partner(world: World, path: ProjectPath, place: int) -> None:
    _sent(world, path, 1.0)


def _be_declined(world: World, path: ProjectPath, place: int) -> None:
    _sent(world, path, 0.5)
    path.to(1.0)
    path.decline()


def _withdraw(world: World, path: ProjectPath, place: int) -> None:
    if place % 2:
        _sent(world, path, 0.5)
    path.to(1.0)
    path.withdraw()


def _wait_for_approval(world: World, path: ProjectPath, place: int) -> None:
    """Half wait for both sides, half for one."""
    _sent(world, path, 0.5)
    path.to(1.0)
    path.accept()
    sides = path.project.founder_countries
    if len(sides) == 2 and place % 2:
        path.at = world.after(path.at, 0.05, 4)
        path.approve(sides[place // 2 % 2])


def _be_sent_back(world: World, path: ProjectPath, place: int) -> None:
    _accepted(world, path)
    sides = path.project.founder_countries
    if len(sides) == 2 and place % 2:
        path.to(0.8)
        path.approve(sides[1])
    path.to(1.0)
    path.send_back(sides[0])


def _be_refused(world: World, path: ProjectPath, place: int) -> None:
    _accepted(world, path)
    path.to(1.0)
    path.refuse(world.pick(path.project.founder_countries))


def _accepted(world: World, path: ProjectPath) -> None:
    _sent(world, path, 0.2)
    path.to(0.3)
    path.accept()


def _open(world: World, path: ProjectPath, place: int) -> None:
    _accepted(world, path)
    sides = world.some(path.project.founder_countries, 2, 2)
    if world.happens(SENT_BACK):
        path.to(0.45)
        path.send_back(sides[0])
        path.to(0.55)
        path.edit(path.one)
        path.resubmit()
    for number, side in enumerate(reversed(sides) if world.happens(0.5) else sides, start=1):
        path.to(0.6 + 0.4 * number / len(sides))
        path.approve(side)
    path.open()


def _close(world: World, path: ProjectPath, place: int) -> None:
    _open(world, path, place)
    path.at = world.after(path.at, 40, 59)
    path.close()


def _archive(world: World, path: ProjectPath, place: int) -> None:
    _close(world, path, place)
    path.at = world.after(path.at, 30, 200)
    path.archive()


# How many of each state, how many days ago the last step (of opened ones: the opening) was, and how they got there.
WALKS: dict[ProjectState, tuple[int, float, float, Callable[[World, ProjectPath, int], None]]] = {
    ProjectState.OPEN: (620, 2, 420, _open),
    ProjectState.CLOSED: (150, 60, 500, _close),
    ProjectState.ARCHIVED: (60, 300, 600, _archive),
    ProjectState.PENDING_APPROVAL: (150, 0.1, 13, _wait_for_approval),
    ProjectState.PENDING_PARTNER: (60, 0.2, 30, _wait_for_partner),
    ProjectState.DRAFT: (65, 0.1, 60, _stay_draft),
    ProjectState.CHANGES_REQUESTED: (30, 0.5, 40, _be_sent_back),
    ProjectState.REFUSED: (20, 5, 300, _be_refused),
    ProjectState.DECLINED_BY_PARTNER: (20, 3, 200, _be_declined),
    ProjectState.WITHDRAWN: (25, 3, 300, _withdraw),
}
