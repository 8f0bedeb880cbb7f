"""Somebody changes schools and would like a colleague to go on in a project; the agency has not answered yet."""

from collections.abc import Iterator

from backend.accounts.models import Person
from backend.config.demo.ground.world import World
from backend.partners.actions import answer_contact, request_contact
from backend.partners.models import ContactRequest, are_contacts
from backend.projects.actions.handing import hand_over_project
from backend.projects.actions.partners import answer_invitation, invite_partner
from backend.projects.models import Project, ProjectState

COUNTRY = "FR"


def play_hand_over(world: World) -> None:
    """Of the first founder there is a colleague for."""
    for project, founder, colleague in _pairs(world):
        if not are_contacts(founder, colleague):
            answer_contact(request_contact(colleague, actor=founder), actor=colleague, accepts=True)
        asked = invite_partner(project, actor=founder, person=colleague)
        taker = answer_invitation(asked, actor=colleague, accepts=True)
        hand_over_project(project, actor=founder, taker=taker)
        return


def _pairs(world: World) -> Iterator[tuple[Project, Person, Person]]:
    """Projects, their founder from the country, and teachers of the country who are in it by no way yet."""
    people = Person.objects.filter(pk__in=[p.pk for p in world.teachers if p.country_id == COUNTRY], is_available=True)
    opened = Project.objects.filter(state=ProjectState.OPEN, members__founder_position__isnull=False)
    for project in opened.filter(members__person__in=people).distinct().order_by("pk"):
        founder = next((m.person for m in project.founders if m.person in people), None)
        schools = [m.school_id for m in project.founders]
        others = people.exclude(school__in=schools).exclude(project_members__project=project).order_by("pk")
        for colleague in others if founder else ():
            assert founder
            if not ContactRequest.objects.between(founder, colleague).filter(state="PENDING").exists():
                yield project, founder, colleague
