"""The shared draft: two founders, versions, and nothing lost."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from backend.core.guards import TextConflict
from backend.eventlog.models import Event
from backend.projects.actions.drafting import (
    decline_project,
    draft_project,
    edit_project,
    submit_project,
    withdraw_project,
)
from backend.projects.models import Project, ProjectState
from tests.factories.people import central, newcomer, officer, teacher
from tests.factories.projects import contacts, project, pupil

pytestmark = pytest.mark.django_db


def test_both_founders_edit_and_every_version_is_kept() -> None:
    draft = project()
    one, other = (m.person for m in draft.founders)
    edited = edit_project(draft, actor=other, expected_version=1, aims="New aims", subjects=["MUSIC"])
    edited = edit_project(edited, actor=one, expected_version=2, title="Great rivers")
    texts = [(v.number, v.author, v.text["title"], v.text["subjects"]) for v in edited.versions.order_by("number")]
    assert texts == [
        (1, one, "Rivers", ["BIOLOGY", "GEOGRAPHY"]),
        (2, other, "Rivers", ["MUSIC"]),
        (3, one, "Great rivers", ["MUSIC"]),
    ]
    unchanged = edit_project(edited, actor=one, expected_version=3, title="Great rivers")
    assert (unchanged.version, unchanged.versions.count()) == (3, 3)


def test_an_old_version_gets_both_texts_back() -> None:
    draft = project()
    one, other = (m.person for m in draft.founders)
    edit_project(draft, actor=one, expected_version=1, aims="Hers")
    with pytest.raises(TextConflict) as conflict:
        edit_project(draft, actor=other, expected_version=1, aims="His")
    assert conflict.value.stored["aims"] == "Hers"
    assert conflict.value.typed == {"aims": "His"}
    assert conflict.value.version == 2


def test_who_can_draft() -> None:
    one, other = teacher("FR"), teacher("PL")
    with pytest.raises(ValidationError) as strangers:
        draft_project(actor=one, partner=other, title="Rivers")
    assert strangers.value.error_dict["partner"][0].code == "not_contacts"
    colleague = teacher("FR", school=one.school)
    contacts(one, colleague)
    with pytest.raises(ValidationError) as same:
        draft_project(actor=one, partner=colleague, title="Rivers")
    assert same.value.error_dict["partner"][0].code == "same_school"
    for actor in (newcomer(), officer()):
        with pytest.raises(PermissionDenied):
            draft_project(actor=actor, partner=other, title="Rivers")
    assert not Project.objects.exists()


def test_an_incomplete_draft_cannot_be_sent() -> None:
    draft = project(summary="", languages=[])
    with pytest.raises(ValidationError) as refused:
        submit_project(draft, actor=draft.founders[0].person)
    assert refused.value.code == "project_incomplete"
    assert refused.value.messages == ["Please fill in what is still missing: summary, languages."]


def test_outsiders_do_not_touch_a_draft() -> None:
    draft = project()
    before = Event.objects.count()
    for actor in (teacher("FR"), officer("FR"), central()):
        with pytest.raises(PermissionDenied):
            edit_project(draft, actor=actor, expected_version=1, title="Mine")
        with pytest.raises(PermissionDenied):
            submit_project(draft, actor=actor)
    assert Event.objects.count() == before


def test_the_partner_may_decline_and_a_founder_withdraw() -> None:
    declined = decline_project(sent := project("PENDING_PARTNER"), actor=sent.founders[1].person, comment="No time.")
    assert (declined.state, declined.state_comment) == (ProjectState.DECLINED_BY_PARTNER, "No time.")
    with pytest.raises(ValidationError):
        withdraw_project(declined, actor=declined.founders[0].person)
    waiting = project("PENDING_APPROVAL")
    assert withdraw_project(waiting, actor=waiting.founders[1].person).state == ProjectState.WITHDRAWN


def test_which_projects_each_reader_sees() -> None:
    founders = teacher("FR"), teacher("PL")
    states = ("DRAFT", "PENDING_PARTNER", "PENDING_APPROVAL", "OPEN")
    projects = {state: project(state, founders=founders) for state in states}
    child = pupil(projects["OPEN"].workspace, actor=founders[0])
    readers = {
        "visitor": None,
        "founder": founders[1],
        "teacher": teacher("FR"),
        "newcomer": newcomer("FR"),
        "pupil": child,
        "officer PL": officer("PL"),
        "officer DE": officer("DE"),
        "central": central(),
    }
    seen = {
        name: {s for s, p in projects.items() if Project.objects.visible_to(reader).filter(pk=p.pk).exists()}
        for name, reader in readers.items()
    }
    assert seen == {
        "visitor": set(),
        "founder": set(states),
        "teacher": {"OPEN"},
        "newcomer": set(),
        "pupil": {"OPEN"},
        "officer PL": {"PENDING_PARTNER", "PENDING_APPROVAL", "OPEN"},
        "officer DE": set(),
        "central": {"PENDING_PARTNER", "PENDING_APPROVAL", "OPEN"},
    }
    assert list(Project.objects.waiting_for(readers["officer PL"])) == [projects["PENDING_APPROVAL"]]  # type: ignore[arg-type]
    assert not Project.objects.waiting_for(readers["officer DE"]).exists()  # type: ignore[arg-type]
