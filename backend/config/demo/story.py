"""The people whom newcomers sign in as, and what happened to them, played by the real rules."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from backend.accounts.models import Person
from backend.config.demo.europe.documents import drawn
from backend.config.demo.europe.people import confirm, join, new_teacher, validate
from backend.config.demo.ground.officers import at_agency
from backend.config.demo.ground.world import World
from backend.core.text import fold
from backend.partners.actions import answer_contact, request_contact
from backend.projects.actions.approval import approve_project
from backend.projects.actions.drafting import accept_project, draft_project, edit_project, submit_project
from backend.projects.actions.partners import answer_invitation, invite_partner
from backend.projects.models import Project
from backend.workspaces.actions.discussions import add_post, open_discussion, start_thread
from backend.workspaces.actions.files import upload_file
from backend.workspaces.actions.members import add_pupils
from backend.workspaces.actions.updates import post_update
from backend.workspaces.models import Workspace

# country, given and family name, town
TEACHERS = {
    "agathe": ("FR", "Agathe", "Perrin", "Lyon"),
    "marek": ("PL", "Marek", "Zalewski", "Kraków"),
    "noelia": ("ES", "Noelia", "Garrido", "Sevilla"),
}
NEWCOMER = ("DE", "Tobias", "Lehmann")
PUPILS = {"lina-demo": "Lina", "hugo-demo": "Hugo", "kuba-demo": "Kuba", "zofia-demo": "Zofia"}
RIVERS: dict[str, Any] = {
    "summary": "Pupils in Lyon and Kraków follow the Rhône and the Vistula to the sea. They measure the water, talk to "
    "people who live from it and draw one common map.",
    "aims": "To read a landscape, to measure carefully and to explain results to somebody who was not there.",
    "languages": ["en", "fr", "pl"], "subjects": ["GEOGRAPHY", "BIOLOGY"], "competences": ["STEM", "CITIZENSHIP"],
    "ages_from": 15, "ages_to": 17, "pupil_count": 46,
}  # fmt: skip
RADIO: dict[str, Any] = {
    "summary": "Ten minutes of radio every second Friday: news from two schools, an interview, a poem, and one word of "
    "the partner's language.",
    "aims": "To speak freely, to edit sound, to check facts before a microphone opens.",
    "process": "One editorial meeting a month by video; the teams take turns at producing.",
    "languages": ["en", "fr"], "subjects": ["MEDIA_EDUCATION", "FOREIGN_LANGUAGES"], "competences": ["LITERACY"],
    "ages_from": 14, "ages_to": 17,
}  # fmt: skip
ANSWERS = (
    "Bonjour! I see two bridges and a lot of bicycles.",
    "Cześć! We see the castle when there is no fog. Today there is fog.",
    "How do you say “fog” in French?",
    "Le brouillard. It is a difficult word for us too.",
    "And in Polish: mgła. Four letters, six tries.",
)


def build_actors(world: World) -> None:
    """They stand apart: nobody else's projects need them."""
    for key, (country, given, family, town) in TEACHERS.items():
        schools = world.schools[country]
        school = next((school for school in schools if fold(school.town) == fold(town)), schools[0])
        person = new_teacher(world, country, world.ago(380, 400), given_name=given, family_name=family, role="TEACHER")
        validate(world, person, school)
        person.is_available = True
        world.teachers.remove(person)
        world.story[key] = person
    country, given, family = NEWCOMER
    newcomer = new_teacher(world, country, world.ago(1, 1.5), given_name=given, family_name=family, role="TEACHER")
    join(world, newcomer, world.schools[country][0], confirm(world, newcomer))
    world.story["newcomer"] = newcomer


def play(world: World) -> None:
    """An open project full of pupils, one that waits for two agencies, one that waits for Agathe's answer."""
    agathe, marek, noelia = (Person.objects.get(pk=world.story[key].pk) for key in TEACHERS)
    answer_contact(request_contact(marek, actor=agathe, note="Rhône and Vistula: shall we?"), actor=marek, accepts=True)
    answer_contact(request_contact(agathe, actor=noelia), actor=agathe, accepts=True)
    request_contact(agathe, actor=Person.objects.get(pk=world.teachers[0].pk), note="Is there room for a third school?")
    end = {"ends_on": (world.now + timedelta(days=30)).date()}
    rivers = _accepted(agathe, marek, "From the Rhône to the Vistula", RIVERS | end)
    for side in rivers.founder_countries:
        officer = at_agency(f"officer.{side}")
        rivers = approve_project(rivers, actor=officer, side=side, comment="A clear plan. Good luck!")
    answer_invitation(invite_partner(rivers, actor=agathe, person=noelia), actor=noelia, accepts=True)
    _live(world, rivers.workspace, agathe, marek)
    _accepted(agathe, marek, "On air: Lyon and Kraków", RADIO)
    answered = draft_project(actor=noelia, partner=agathe, title="Letters that travel", **RADIO)
    submit_project(answered, actor=noelia)


def _accepted(one: Person, other: Person, title: str, text: dict[str, Any]) -> Project:
    project = draft_project(actor=one, partner=other, title=title, **text)
    results = "An exhibition in both schools and an online book that everybody may read."
    project = edit_project(project, actor=other, expected_version=project.version, results=results)
    return accept_project(submit_project(project, actor=one), actor=other)


def _live(world: World, workspace: Workspace, agathe: Person, marek: Person) -> None:
    lina, hugo, kuba, zofia = _pupils(world, workspace, agathe, marek)
    hello = open_discussion(workspace, actor=agathe, title="Who are we?", description="Say hello in three languages.")
    thread = start_thread(
        hello, actor=agathe, title="Good morning from Lyon", text="What can you see from your window?"
    )
    for author, text in zip((lina, kuba, zofia, hugo, marek), ANSWERS, strict=True):
        add_post(thread, actor=author, text=text)
    work = open_discussion(workspace, actor=marek, title="Our measurements")
    table = start_thread(work, actor=marek, title="Water temperature", text="Date, place, degrees: one line a team.")
    add_post(table, actor=kuba, text="Tuesday, below the Wawel hill, 9.5 °C")
    post_update(
        workspace, actor=agathe, text="The first boat of bottles leaves Lyon on Monday. Who follows it on the map?"
    )
    for author, (name, caption, kept) in zip((agathe, marek, lina), drawn()[::3], strict=True):
        upload = SimpleUploadedFile(name, kept.content, content_type=kept.media_type)
        upload_file(workspace, actor=author, upload=upload, caption=caption)


def _pupils(world: World, workspace: Workspace, agathe: Person, marek: Person) -> list[Person]:
    """Their user names and password are the demo's, so that they can be printed."""
    logins = list(PUPILS)
    made = []
    for teacher, own in ((agathe, logins[:2]), (marek, logins[2:])):
        cards = add_pupils(workspace, actor=teacher, given_names=[PUPILS[login] for login in own])
        for card, login in zip(cards, own, strict=True):
            pupil = card.membership.person
            Person.objects.filter(pk=pupil.pk).update(login=login, password=world.password)
            made.append(pupil)
    return made
