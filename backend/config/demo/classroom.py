"""What a class at work leaves behind: pages, materials, a plan, a meeting and a supervised chat."""

from datetime import time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from backend.accounts.models import Person
from backend.config.demo.europe.documents import drawn
from backend.config.demo.ground.world import World
from backend.workspaces.actions.chat import (
    close_chat_room,
    edit_chat_room,
    open_chat_room,
    send_chat_message,
    start_chat_duty,
)
from backend.workspaces.actions.files import add_link, upload_file
from backend.workspaces.actions.folders import add_folder
from backend.workspaces.actions.home import edit_home, open_home
from backend.workspaces.actions.pages import edit_page, publish_page, write_page
from backend.workspaces.actions.plan import complete_activity, edit_activity, plan_activity, plan_meeting
from backend.workspaces.actions.roles import note_consent
from backend.workspaces.actions.updates import edit_update
from backend.workspaces.models import Update, Workspace

FINDINGS = """We measured for six weeks, every Tuesday at noon.

The Rhône was never colder than 7 °C. The Vistula froze at its edges twice. In both rivers the water is clearer after
three dry days. We want to know why the Vistula rises two days after the rain and the Rhône only after four."""
STEPS = (
    ("Who are we?", "Everybody says hello in three languages.", "All teams", True),
    ("Six weeks of measuring", "Temperature, depth, clearness: the same day, the same hour.", "Lina, Kuba", True),
    ("One common map", "Both rivers on one sheet, from the spring to the sea.", "Hugo, Zofia", False),
)
CHAT = (
    ("marek", "Good morning! Ten minutes for the map. What is missing?"),
    ("lina-demo", "The bridges. We have nine, you have six."),
    ("kuba-demo", "And the castle! It is not a bridge but everybody looks for it."),
    ("zofia-demo", "I can draw the castle."),
    ("agathe", "Very good. Hugo sends the sheet to Zofia, please."),
)


def play_class(world: World) -> None:
    """In the workspace of the story."""
    workspace = Workspace.objects.get(project__title="From the Rhône to the Vistula")
    agathe, marek = (Person.objects.get(pk=world.story[key].pk) for key in ("agathe", "marek"))
    _pages(workspace, agathe, marek)
    _materials(workspace, agathe)
    _plan(world, workspace, agathe, marek)
    _chat(workspace, {"agathe": agathe, "marek": marek})


def _pages(workspace: Workspace, agathe: Person, marek: Person) -> None:
    page = write_page(workspace, actor=agathe, title="What we found", text="We measured for six weeks.")
    page = edit_page(page, actor=marek, expected_version=page.version, text=FINDINGS)
    better = FINDINGS.replace("clearer", "much clearer")
    page = edit_page(page, actor=agathe, expected_version=page.version, text=better)
    publish_page(page, actor=agathe)
    write_page(workspace, actor=marek, title="What we still want to ask", text="Why does the Vistula rise first?")
    notes = write_page(
        workspace,
        actor=agathe,
        title="Notes of the teachers",
        text="Next time: one class a week, not two.",
        audience="STAFF",
    )
    publish_page(notes, actor=agathe)
    home = "Pupils in Lyon and Kraków measure their rivers and draw one map."
    workspace = edit_home(workspace, actor=agathe, expected_version=workspace.version, description=home)
    open_home(workspace, actor=agathe, is_public=True)
    news = Update.objects.filter(workspace=workspace, author=agathe).latest("pk")
    edit_update(news, actor=agathe, expected_version=news.version, text=f"{news.text} (Tuesday: in Avignon!)")


def _materials(workspace: Workspace, agathe: Person) -> None:
    folder = add_folder(workspace, actor=agathe, name="For the exhibition")
    for name, caption, kept in drawn()[1:3]:
        upload = SimpleUploadedFile(name, kept.content, content_type=kept.media_type)
        upload_file(workspace, actor=agathe, upload=upload, caption=caption, folder=folder, licence="CC_BY_SA")
    add_folder(workspace, actor=agathe, name="Only to read: the teachers’ sheets", is_open_to_pupils=False)
    add_link(workspace, actor=agathe, link="https://www.openstreetmap.org", name="The map we started from")
    pad = "https://pad.example/rivers"
    add_link(workspace, actor=agathe, link=pad, name="Our common notes", is_tool=True)
    for member in workspace.memberships.filter(role="PUPIL"):
        for kind in ("IMAGE", "NAME", "EXTERNAL_TOOL"):
            note_consent(member, actor=agathe, kind=kind, is_given=member.person.given_name != "Hugo")
    _hold_back(workspace, agathe)


def _hold_back(workspace: Workspace, agathe: Person) -> None:
    """A photo shows Zofia, whose parents changed their minds: it is hidden until they agree again."""
    zofia = workspace.memberships.get(person__login="zofia-demo")
    name, caption, kept = drawn()[0]
    upload = SimpleUploadedFile(name, kept.content, content_type=kept.media_type)
    upload_file(workspace, actor=agathe, upload=upload, caption=caption, shows=[zofia])
    note_consent(zofia, actor=agathe, kind="IMAGE", is_given=False)


def _plan(world: World, workspace: Workspace, agathe: Person, marek: Person) -> None:
    today = world.now.date()
    for weeks, (title, text, who, is_done) in zip((-8, -6, 0), STEPS, strict=True):
        day = today + timedelta(weeks=weeks)
        dates = {"starts_on": day, "ends_on": day + timedelta(weeks=4)}
        activity = plan_activity(workspace, actor=marek, title=title, text=text, who=who, **dates)
        if is_done:
            complete_activity(activity, actor=agathe)
        else:
            edit_activity(activity, actor=agathe, expected_version=activity.version, who=f"{who}, and both art classes")
    start = (world.now + timedelta(days=3)).replace(hour=9, minute=0, second=0, microsecond=0)
    plan_meeting(
        workspace, actor=agathe, title="Both classes on video", starts_at=start, ends_at=start + timedelta(minutes=45),
        link="https://meet.example/rivers", text="Bring the map.",
    )  # fmt: skip


def _chat(workspace: Workspace, teachers: dict[str, Person]) -> None:
    """The two teachers stay on duty for the next hour, so that whoever tries the demo can chat."""
    room = open_chat_room(workspace, actor=teachers["marek"], title="At the river")
    room = start_chat_duty(room, actor=teachers["marek"], minutes=120)
    for login, text in CHAT:
        author = teachers.get(login) or Person.objects.get(login=login)
        send_chat_message(room, actor=author, text=text)
    later = open_chat_room(workspace, actor=teachers["agathe"], title="In the afternoon")
    first = open_chat_room(workspace, actor=teachers["agathe"], title="Before we had hours")
    send_chat_message(first, actor=teachers["agathe"], text="We go on in the new rooms.")
    close_chat_room(first, actor=teachers["agathe"])
    edit_chat_room(later, actor=teachers["agathe"], opens_at=time(13), closes_at=time(17), time_zone="Europe/Paris")
