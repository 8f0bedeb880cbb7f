"""What happens seldom, and is there once: a guest, a kit, a copy, a partner who left, a founder who is gone, a look inside,
a sanction."""

from datetime import timedelta

from backend.accounts.models import Person, PersonKind, PersonState
from backend.agencies.actions import revoke_teacher
from backend.config.demo.ground.officers import at_agency
from backend.config.demo.ground.world import World
from backend.core import clock
from backend.library.actions import draft_project_from_kit
from backend.library.models import EntryKind, EntryState, LibraryEntry
from backend.moderation.actions.looks import look_inside
from backend.moderation.actions.reports import decide_report, report_content
from backend.moderation.actions.sanctions import appeal_decision
from backend.partners.actions import answer_contact, request_contact
from backend.partners.actions.blocking import block_person
from backend.projects.actions.commenting import comment_project
from backend.projects.actions.handing import copy_project
from backend.projects.actions.partners import answer_invitation, invite_partner, leave_project
from backend.projects.models import Project, ProjectMember, ProjectState
from backend.workspaces.actions.roles import invite_guest

HOME = "FR"  # whose agency the demo shows first
ADVERTISING = "He offers school trips to everybody who is available."


def play_seldom(world: World) -> None:
    agathe, marek, noelia = (Person.objects.get(pk=world.story[key].pk) for key in ("agathe", "marek", "noelia"))
    rivers = Project.objects.get(title="From the Rhône to the Vistula")
    guest, partner, leaver = _idle(agathe, 3)
    seller, follower = _idle(agathe, 2, country=HOME)
    _visit(rivers, agathe, guest)
    _come_and_go(rivers, agathe, partner)
    _sell(seller, marek)
    revoke_teacher(leaver, actor=at_agency(f"officer.{leaver.country_id}"), reason="Teaches at a university now.")
    look_inside(
        rivers, actor=at_agency(f"officer.{marek.country_id}"), reason="A teacher asked us why a photo is hidden."
    )
    _lose_a_founder(rivers, follower)
    _begin_with_a_kit(marek, noelia)
    _copy()


def _idle(host: Person, number: int, **where: str) -> list[Person]:
    """Who looks for partners, is in no project yet and has not heard from the host."""
    staff = Person.objects.filter(kind=PersonKind.STAFF, state=PersonState.VALIDATED, is_available=True)
    unasked = staff.filter(project_members=None).exclude(pk=host.pk)
    unasked = unasked.exclude(contact_requests_received__sender=host).exclude(contact_requests_sent__recipient=host)
    return list((unasked.filter(**where) if where else unasked.exclude(country=HOME)).order_by("pk")[:number])


def _befriend(one: Person, other: Person) -> None:
    answer_contact(request_contact(other, actor=one), actor=other, accepts=True)


def _visit(rivers: Project, host: Person, guest: Person) -> None:
    _befriend(host, guest)
    invite_guest(rivers.workspace, actor=host, person=guest, until=clock.now() + timedelta(days=14))


def _come_and_go(rivers: Project, host: Person, partner: Person) -> None:
    _befriend(host, partner)
    answer_invitation(invite_partner(rivers, actor=host, person=partner), actor=partner, accepts=True)
    leave_project(rivers, actor=partner)


def _sell(seller: Person, reader: Person) -> None:
    """Suspended for two weeks, and appeals."""
    report = report_content(seller, actor=reader, category="COMMERCIAL", note=ADVERTISING)
    until = clock.now().date() + timedelta(days=14)
    reason = "eTwinning is no place for advertisements."
    report = decide_report(
        report, actor=at_agency(f"officer.{seller.country_id}"), outcome="SUSPENSION", reason=reason, until=until
    )
    appeal_decision(report.sanction, actor=seller, text="It was one trip, and it costs nothing.")
    block_person(seller, actor=reader)


def _lose_a_founder(rivers: Project, follower: Person) -> None:
    """A partner of the same country could follow; nobody has asked yet."""
    told = rivers.members.values("person")  # their story goes on
    founded = ProjectMember.objects.filter(founder_position__isnull=False, country=HOME).exclude(person__in=told)
    place = founded.filter(project__state=ProjectState.OPEN, project__hand_overs=None).latest("pk")
    leaver = place.person
    _befriend(leaver, follower)
    answer_invitation(invite_partner(place.project, actor=leaver, person=follower), actor=follower, accepts=True)
    revoke_teacher(leaver, actor=at_agency(f"officer.{HOME}"), reason="Retired in summer, as the school told us.")


def _begin_with_a_kit(one: Person, other: Person) -> None:
    _befriend(one, other)
    kit = LibraryEntry.objects.filter(kind=EntryKind.KIT, state=EntryState.PUBLISHED).earliest("pk")
    draft = draft_project_from_kit(kit, actor=one, partner=other)
    comment_project(draft, actor=other, text="Could we begin with something shorter?", about="process")


def _copy() -> None:
    """What a closed project began, its founders begin again."""
    for project in Project.objects.filter(state=ProjectState.CLOSED).order_by("pk"):
        one, other = (member.person for member in project.founders)
        if one.is_validated_staff and other.is_validated_staff:
            copy_project(project, actor=one, partner=other, title=f"{project.title[:140]}: next year")
            return
