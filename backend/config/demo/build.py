"""Filling an empty database: everything in one transaction, in the order things depend on each other."""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from backend.config.demo.agencies import play_agencies
from backend.config.demo.classroom import play_class
from backend.config.demo.europe.contacts import Contacts
from backend.config.demo.europe.people import build_officers, build_staff
from backend.config.demo.europe.projects import build_projects
from backend.config.demo.europe.schools import build_schools
from backend.config.demo.europe.workspaces import build_workspaces
from backend.config.demo.ground.world import World
from backend.config.demo.labels import play_labels
from backend.config.demo.library import play_library
from backend.config.demo.story import build_actors, play
from backend.config.demo.talk import play_talk


def fill(world: World) -> Iterator[str]:
    """Says what it did after each step."""
    with transaction.atomic():
        build_schools(world)
        yield _("schools")
        build_officers(world)
        build_actors(world)
        build_staff(world)
        yield _("people")
        contacts = Contacts(world)
        opened = build_projects(world, contacts)
        yield _("projects")
        build_workspaces(world, contacts, opened)
        contacts.build_others()
        yield _("workspaces")
        for what, number in world.store():
            yield f"{what}: {number:,}"
        yield _("events: %(number)s") % {"number": f"{world.chronicle.write(world.chance, world.now):,}"}
        play(world)
        play_class(world)
        play_agencies(world)
        yield _("the story")
        play_labels(world)
        yield _("quality labels")
        play_library(world)
        play_talk(world)
        yield _("library, messages, reports and questions")
