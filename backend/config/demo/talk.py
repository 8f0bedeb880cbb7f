"""What people write to each other and to their agency: announcements, messages, reports and requests for help."""

from backend.accounts.models import Person
from backend.config.demo.europe.seldom import play_seldom
from backend.config.demo.ground.officers import at_agency
from backend.config.demo.ground.texts import themes
from backend.config.demo.ground.world import World
from backend.moderation.actions.help import answer_help, ask_for_help
from backend.moderation.actions.reports import decide_report, open_report, report_content
from backend.partners.actions import post_announcement, send_message
from backend.projects.actions.conversation import send_project_message
from backend.projects.models import Project
from backend.workspaces.models import File, Post

ANNOUNCEMENTS = 60
LOOKING = "We look for a class that would like to start next month. One hour a week is enough; write to me!"
LINES = (
    ("noelia", "I saw your rivers. Is there a place for the Guadalquivir?"),
    ("agathe", "There is! Send me two sentences about your class, and I invite you."),
    ("noelia", "Twenty-four pupils, fifteen years old, very curious and a bit loud."),
)
QUESTIONS = (
    ("agathe", "PROJECT", "May a project have two partner schools from the same country?",
     "Yes. Only the two founders must come from different schools."),
    ("marek", "TECHNICAL", "My pupils’ film has 90 MB. Is there a way to show it in the workspace?", ""),
    ("noelia", "LABEL", "When can I apply for the quality label if the project ends in June?", ""),
)  # fmt: skip


def play_talk(world: World) -> None:
    people = {key: Person.objects.get(pk=world.story[key].pk) for key in ("agathe", "marek", "noelia")}
    _announce(world)
    for key, text in LINES:
        other = people["agathe" if key == "noelia" else "noelia"]
        send_message(other, actor=people[key], text=text)
    rivers = Project.objects.get(title="From the Rhône to the Vistula")
    send_project_message(
        rivers, actor=people["marek"], text="Meeting on Friday at nine: does that still hold for everybody?"
    )
    send_project_message(rivers, actor=people["noelia"], text="Yes, with all twenty-four.")
    for key, topic, question, answer in QUESTIONS:
        request = ask_for_help(actor=people[key], topic=topic, text=question, project=rivers)
        if answer:
            answer_help(request, actor=at_agency(f"officer.{request.country_id}"), text=answer)
    _report(rivers)
    play_seldom(world)


def _announce(world: World) -> None:
    english = [theme for theme in themes() if theme.language == "en"]
    available = [person for person in world.teachers if person.is_available]
    for person in world.some(available, 3, world.count(ANNOUNCEMENTS, least=3)):
        theme = world.pick(english)
        author = Person.objects.get(pk=person.pk)
        town = author.school.town if author.school else ""
        title = world.pick(theme.titles).format(a=town, b=town)
        first, last = theme.ages
        post_announcement(
            actor=author, title=title, text=LOOKING, ages_from=first, ages_to=last, subjects=theme.subjects,
            languages=["en"],
        )  # fmt: skip


def _report(rivers: Project) -> None:
    """A pupil's rude word was looked at and is fine; a photo waits, hidden, until somebody decides."""
    lina, kuba = (Person.objects.get(login=login) for login in ("lina-demo", "kuba-demo"))
    post = Post.objects.filter(workspace__project=rivers, author=kuba).order_by("pk").first()
    photo = File.objects.filter(workspace__project=rivers, kind="IMAGE").order_by("pk").first()
    assert post
    assert photo
    report = report_content(post, actor=lina, category="OTHER", note="Is this word rude?")
    officer = at_agency(f"officer.{report.country_id}")
    open_report(report, actor=officer, reason="To decide")
    decide_report(report, actor=officer, outcome="NO_ACTION", reason="It is the Polish word for fog.")
    report_content(photo, actor=kuba, category="PERSONAL_DATA", note="One can read a name on it.")
