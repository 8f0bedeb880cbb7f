"""Who edits an old version gets both texts back, and nothing is written."""

from collections.abc import Callable
from typing import Any

import pytest

from backend.agencies.actions.texts import write_text
from backend.agencies.models import ReadyText
from backend.mailings.models import Mailing
from backend.partners.actions import edit_announcement, post_announcement
from backend.workspaces.actions import files, folders
from backend.workspaces.actions.files import change_file
from tests.factories.mailings import draft
from tests.factories.people import SchoolFactory, officer, teacher
from tests.factories.projects import workspace
from tests.support.api import Api, gid

pytestmark = pytest.mark.django_db
BOTH = "... on TextConflict { code version stored typed }"


def a_school() -> Any:
    return teacher("FR", school=SchoolFactory(presentation="Old"))


def a_material() -> Any:
    room = workspace()
    founder = room.project.founders[0].person
    return founder, files.add_link(room, actor=founder, link="https://example.org", name="A map", caption="Old")


def an_announcement() -> Any:
    author = teacher("FR")
    return author, post_announcement(actor=author, title="Rivers", text="Old")


def an_agency() -> Any:
    lead = officer("FR", role="LEAD")
    return lead, lead.officer.agency


TEXTS: dict[str, tuple[Callable[[], Any], str, str, Callable[[str], dict[str, Any]]]] = {
    "editSchool": (lambda: (who := a_school(), who.school), "schoolId", "presentation", lambda t: {"presentation": t}),
    "changeMaterial": (a_material, "fileId", "caption", lambda t: {"said": {"caption": t}}),
    "editAnnouncement": (an_announcement, "announcementId", "text", lambda t: {"text": {"text": t, "subjects": ["ART"]}}),
    "editAgency": (an_agency, "agencyId", "name", lambda t: {"name": t}),
    "updateProfile": (lambda: (who := teacher("FR", presentation="Old"), who), "", "presentation", lambda t: {"presentation": t}),
}  # fmt: skip


@pytest.mark.parametrize("mutation", TEXTS)
def test_nothing_is_lost_when_two_edit_at_once(mutation: str) -> None:
    make, key, field, text = TEXTS[mutation]
    actor, thing = make()
    api, named = Api(actor), {key: gid(thing)} if key else {}
    kind = type(thing).__name__
    fields = f"... on {kind} {{ version {field} }} {BOTH}"
    first = api.do(mutation, fields, **named, expectedVersion=1, **text("First"))
    assert first == {"__typename": kind, "version": 2, field: "First"}
    late = api.do(mutation, fields, **named, expectedVersion=1, **text("Second"))
    assert late == {
        "__typename": "TextConflict", "code": "text_changed_meanwhile", "version": 2,
        "stored": {field: "First"}, "typed": {field: "Second"},
    }  # fmt: skip
    thing.refresh_from_db()
    assert (getattr(thing, field), thing.version) == ("First", 2)
    on_top = api.do(mutation, fields, **named, expectedVersion=2, **text("Second"))
    assert on_top == {"__typename": kind, "version": 3, field: "Second"}


def test_a_conflict_leaves_the_key_free() -> None:
    author, post = an_announcement()
    api, fields = Api(author), f"... on Announcement {{ version text }} {BOTH}"
    given = {"announcementId": gid(post), "text": {"text": "Second", "subjects": ["ART"]}, "clientMutationKey": "k"}
    edit_announcement(post, actor=author, text="First")
    conflicts = [api.do("editAnnouncement", fields, **given, expectedVersion=1) for _ in range(2)]
    assert [(each["__typename"], each["stored"], each["typed"]) for each in conflicts] == [
        ("TextConflict", {"text": "First"}, {"text": "Second"})
    ] * 2
    written = api.do("editAnnouncement", fields, **given, expectedVersion=2)
    assert written == {"__typename": "Announcement", "version": 3, "text": "Second"}


def test_a_setting_of_the_profile_needs_no_version() -> None:
    person = teacher("FR", presentation="Old")
    fields = "... on Person { version isAvailable presentation }"
    done = Api(person).do("updateProfile", fields, isAvailable=False)
    assert done == {"__typename": "Person", "version": 2, "isAvailable": False, "presentation": "Old"}


def test_what_is_no_text_is_not_in_a_conflict() -> None:
    actor, file = a_material()
    change_file(file, actor=actor, caption="First")
    late = Api(actor).do(
        "changeMaterial", BOTH, fileId=gid(file), expectedVersion=1, said={"folderId": None, "source": "Me"}
    )
    assert (late["stored"], late["typed"]) == ({"folder": None, "source": ""}, {"folder": None, "source": "Me"})


def test_two_officers_and_one_ready_text() -> None:
    desk = officer("FR")
    agency, kept = desk.officer.agency, {"use": "MESSAGE", "title": "Rivers"}
    ready = write_text(agency, actor=desk, language="fr", text="Old", **kept)
    given = {"agencyId": gid(agency), "readyTextId": gid(ready), "language": "FR", "expectedVersion": 1, **kept}
    assert Api(desk).do("writeReadyText", "... on ReadyText { version }", text="First", **given)["version"] == 2
    late = Api(officer("FR")).do("writeReadyText", BOTH, text="Second", **given)
    assert (late["code"], late["version"]) == ("text_changed_meanwhile", 2)
    assert (late["stored"]["text"], late["typed"]["text"]) == ("First", "Second")
    assert ReadyText.objects.get().text == "First"


def test_two_officers_and_one_message() -> None:
    desk = officer("FR")
    mailing = draft(desk)

    def written(subject: str) -> dict[str, Any]:
        words = [{"language": "FR", "subject": subject, "body": "Oui."}]
        return {"mailingId": gid(mailing), "expectedVersion": 1, "words": words, "criteria": {}}

    assert Api(desk).do("editMailing", "... on Mailing { version }", **written("First"))["version"] == 2
    late = Api(officer("FR")).do("editMailing", BOTH, **written("Second"))
    assert (late["stored"], late["typed"]) == (
        {"subject_fr": "First", "body_fr": "Oui."}, {"subject_fr": "Second", "body_fr": "Oui."},
    )  # fmt: skip
    assert Mailing.objects.get().title == "First"


def test_out_of_a_folder_on_an_old_version() -> None:
    actor, file = a_material()
    folder = folders.add_folder(file.workspace, actor=actor, name="Maps")
    change_file(file, actor=actor, folder=folder)
    said = {"folderId": None, "caption": "Second"}
    late = Api(actor).do("changeMaterial", BOTH, fileId=gid(file), expectedVersion=1, said=said)
    assert (late["stored"], late["typed"]) == ({"caption": "Old"}, {"caption": "Second"})
    file.refresh_from_db()
    assert (file.folder, file.caption) == (folder, "Old")
