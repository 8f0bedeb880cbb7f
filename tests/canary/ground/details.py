"""What may be left out of a thing, and is there for once: dates, ages, subjects, what something was made from, what ended."""

from typing import Any

from backend.accounts.actions.credentials import revoke_token
from backend.accounts.models import AccessToken, Person
from backend.agencies.actions import merge_schools
from backend.agencies.models import Officer, StandIn
from backend.core import clock
from backend.core.models import change
from backend.eventlog.models import Event
from backend.library.models import LibraryEntry
from backend.moderation.actions.help import ask_for_help, close_help
from backend.moderation.actions.sanctions import appeal_decision, decide_appeal, lift_suspension
from backend.notifications.actions import mark_notifications_read
from backend.partners.actions import close_announcement, post_announcement, send_message
from backend.partners.models import Announcement, ContactRequest
from backend.projects.actions.commenting import comment_project, resolve_comment
from backend.projects.actions.partners import invite_partner
from backend.projects.models import Project
from backend.schools.models import School
from backend.workspaces.models import File
from tests.factories import moderation
from tests.factories.people import SchoolFactory
from tests.factories.projects import contacts, workspace

AGES = {"ages_from": 8, "ages_to": 11}


def details(world: Any) -> None:
    _about_people(world)
    _about_schools(world)
    _about_projects(world)
    _between(world)
    _ended(world)


def _about_people(world: Any) -> None:
    Person.objects.filter(kind="STAFF").update(**AGES)
    for person in Person.objects.filter(kind="STAFF"):
        person.subjects.set(["BIOLOGY"])
        person.languages.set(["en"])
    Person.objects.filter(pk=world.people["rejected"].pk).update(consent_version="2020-01")
    AccessToken.objects.update(last_used_at=clock.now())
    revoke_token(AccessToken.objects.get(person=world.people["teacher_out"]), actor=world.people["teacher_out"])
    for person in (world.people["teacher_in"], world.people["officer_own"]):
        mark_notifications_read(list(person.notifications.values_list("pk", flat=True)[:1]), actor=person)
    Officer.objects.filter(person=world.people["lead FR"]).update(regions=["South"])
    StandIn.objects.update(event=Event.objects.first())


def _about_schools(world: Any) -> None:
    School.objects.update(**AGES, pupil_count=300, latitude=45.5, longitude=4.5)
    merged = world.named(SchoolFactory(country_id="FR"), "FR merged")
    merge_schools(merged, actor=world.people["officer_own"], into=world.schools["FR2"], reason="The same")


def _about_projects(world: Any) -> None:
    founder, officer = world.people["teacher_in"], world.people["officer_own"]
    draft, sent = (Project.objects.get(pk=world.key(name, "Project")) for name in ("A draft", "A sent"))
    change(draft, copied_from=world.rooms["A"].project)
    change(draft, kit=LibraryEntry.objects.get(pk=world.key("of central", "LibraryEntry")))
    comment = comment_project(sent, actor=officer, text="Which river?", about="aims")
    resolve_comment(comment, actor=founder)


def _between(world: Any) -> None:
    """Who is outside wrote to the teacher in A about an announcement, and is invited to a project D."""
    out, partner = world.people["teacher_out"], world.people["partner of A"]
    announcement = Announcement.objects.get(pk=world.key("by teacher_in", "Announcement"))
    message = send_message(announcement.author, actor=out, text="I have songs", announcement=announcement)
    world.named(message.conversation, "in and out")
    for each in Announcement.objects.all():
        change(each, **AGES)
        each.subjects.set(["MUSIC"])
        each.languages.set(["fr"])
        each.countries.set(["PL"])
    old = post_announcement(actor=out, title="Found", text="Who?")
    world.named(close_announcement(old, actor=out), "closed by teacher_out")
    room = world.named(workspace(founders=(partner, world.people["other of A"]), title="D"), "D")
    contacts(partner, out)
    world.named(ContactRequest.objects.get(sender=partner, recipient=out), "out and partner of A")
    invite_partner(world.named(room.project, "D"), actor=partner, person=out)


def _ended(world: Any) -> None:
    """A suspension that was appealed against and lifted, and help that was given."""
    removed, out, officer = (world.people[name] for name in ("teacher_removed", "teacher_out", "officer_own"))
    sanction = world.named(moderation.sanction(removed, by=officer), "on removed")
    world.named(sanction.report, "on removed")
    world.named(sanction.report.reporter, "reporter")
    appeal = appeal_decision(sanction, actor=Person.objects.get(pk=removed.pk), text="Why?")
    decide_appeal(appeal, actor=world.people["central"], upheld=True, reason="So it was")
    lift_suspension(removed, actor=officer, reason="Enough")
    plan = File.objects.filter(
        workspace=world.rooms["A"], kind="DOCUMENT", audience="MEMBERS", hidden_at=None, removed_at=None
    ).earliest("pk")
    world.named(moderation.report(plan, actor=world.people["pupil_in"], note="Look"), "on A")
    asked = ask_for_help(actor=out, topic="TECHNICAL", text="How?", project=world.rooms["A"].project)
    world.named(close_help(asked, actor=officer), "closed by out")
