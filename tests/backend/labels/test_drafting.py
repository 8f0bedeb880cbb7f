"""An application is written bit by bit, and counts once it is sent."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.core import clock
from backend.core.guards import TextConflict
from backend.core.models import change
from backend.eventlog.models import Event, EventCountry
from backend.labels.actions.drafting import discard_label_draft, save_label_draft, submit_label_draft
from backend.labels.models import LabelApplication, LabelDraft
from backend.workspaces.actions.updates import post_update, remove_update
from tests.backend.races import overtaken
from tests.factories.labels import ANSWERS, founder
from tests.factories.people import officer, teacher
from tests.factories.projects import workspace
from tests.support.api import Api, gid
from tests.support.refusals import codes_of, refused

pytestmark = pytest.mark.django_db


def test_it_saves_as_one_goes_and_is_sent() -> None:
    room = workspace()
    me = founder(room.project)
    news = post_update(room, actor=me, text="We met.")
    draft = save_label_draft(room.project, actor=me, answers={"RESULTS": "  A map. "})
    assert (draft.version, draft.answers) == (1, {"RESULTS": "A map."})
    draft = save_label_draft(room.project, actor=me, expected_version=1, answers=ANSWERS, evidence=[news])
    draft = save_label_draft(room.project, actor=me, expected_version=2, answers={"RESULTS": "Two maps."})
    again = save_label_draft(room.project, actor=me, expected_version=3, answers={"RESULTS": "Two maps."})
    assert (again.pk, again.version) == (draft.pk, 3)
    sent = submit_label_draft(draft, actor=me, expected_version=3)
    assert {a.criterion.code: a.text for a in sent.answers.all()} == {**ANSWERS, "RESULTS": "Two maps."}
    assert [row.subject_id for row in sent.evidence.all()] == [news.pk]
    assert not LabelDraft.objects.exists()


def test_nothing_is_lost_when_another_browser_was_quicker() -> None:
    project = workspace().project
    me = founder(project)
    save_label_draft(project, actor=me, answers={"RESULTS": "A map."})
    for expected in (0, 2):
        with pytest.raises(TextConflict) as conflict:
            save_label_draft(project, actor=me, expected_version=expected, answers={"RESULTS": "A song."})
        assert (conflict.value.stored, conflict.value.typed, conflict.value.version) == (
            {"RESULTS": "A map."}, {"RESULTS": "A song."}, 1,
        )  # fmt: skip
    with pytest.raises(TextConflict):
        submit_label_draft(LabelDraft.objects.get(), actor=me, expected_version=7)
    assert LabelDraft.objects.get().answers == {"RESULTS": "A map."}


def test_drafts_count_nowhere_and_what_is_sent_does() -> None:
    me = teacher("FR")
    rooms = [workspace(founders=(me, teacher("PL")), title=f"Project {n}") for n in range(5)]
    drafts = [save_label_draft(room.project, actor=me, answers=ANSWERS) for room in rooms]
    for draft in drafts[:4]:
        submit_label_draft(draft, actor=me, expected_version=1)
    with refused("label_applications_this_year"):
        submit_label_draft(drafts[4], actor=me, expected_version=1)
    assert (LabelDraft.objects.get(), LabelApplication.objects.count()) == (drafts[4], 4)


def test_what_is_refused() -> None:
    room = workspace()
    project, me = room.project, founder(room.project)
    news = post_update(room, actor=me, text="We met.")
    other = workspace(title="Other")
    elsewhere = post_update(other, actor=founder(other.project), text="Not ours.")
    with refused("not_permitted"):
        save_label_draft(project, actor=teacher("FR"), answers=ANSWERS)
    with refused("code_unknown"):
        save_label_draft(project, actor=me, answers={"SINGING": "Loud."})
    with refused("label_evidence_elsewhere"):
        save_label_draft(project, actor=me, evidence=[elsewhere])
    draft = save_label_draft(project, actor=me, answers={"RESULTS": "A map."}, evidence=[news])
    with refused("label_answers_missing"):
        submit_label_draft(draft, actor=me, expected_version=1)
    with refused("not_permitted"):
        submit_label_draft(draft, actor=founder(project, 1), expected_version=1)
    remove_update(news, actor=me)
    draft = save_label_draft(project, actor=me, expected_version=1, answers=ANSWERS)
    with refused("label_evidence_removed"):
        submit_label_draft(draft, actor=me, expected_version=2)
    change(project, ends_on=clock.now().date() + timedelta(days=100))
    with refused("label_project_not_ready"):
        save_label_draft(type(project).objects.get(pk=project.pk), actor=me, expected_version=2, answers=ANSWERS)


def test_nobody_else_learns_of_it() -> None:
    project = workspace().project
    me, other = founder(project), founder(project, 1)
    draft = save_label_draft(project, actor=me, answers=ANSWERS)
    for reader in (other, officer("FR"), teacher("FR"), None):
        assert not LabelDraft.objects.visible_to(reader).exists()
    events = Event.objects.filter(subject_id=draft.pk)
    assert events.exists()
    assert not EventCountry.objects.filter(event__in=events).exists()
    discard_label_draft(draft, actor=me)
    assert not LabelDraft.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize(
    ("rule", "given", "code"),
    [(submit_label_draft, {"expected_version": 1}, "text_changed_meanwhile"), (discard_label_draft, {}, "")],
)
def test_what_ends_a_draft_waits_for_what_saves_it(rule: Callable[..., Any], given: dict[str, Any], code: str) -> None:
    project = workspace().project
    me = founder(project)
    draft = save_label_draft(project, actor=me, answers=ANSWERS)
    saved, ended = overtaken(
        lambda: save_label_draft(project, actor=me, expected_version=1, answers={"RESULTS": "Two maps."}),
        lambda: rule(draft, actor=me, **given),
        before='UPDATE "labels_labeldraft"',
    )
    assert isinstance(saved, LabelDraft)
    assert saved.version == 2
    assert (isinstance(ended, Exception) and codes_of(ended) == {code}) or not code
    assert LabelDraft.objects.exists() == bool(code)
    assert not LabelApplication.objects.exists()


def test_a_draft_that_is_gone_is_not_found() -> None:
    project = workspace().project
    me = founder(project)
    draft = save_label_draft(project, actor=me, answers=ANSWERS)
    submit_label_draft(LabelDraft.objects.get(), actor=me, expected_version=1)
    with refused("not_found"):
        submit_label_draft(draft, actor=me, expected_version=1)
    with refused("not_found"):
        discard_label_draft(draft, actor=me)


def test_more_exhibits_cost_no_more_queries() -> None:
    costs = []
    for shown in (1, 5):
        room = workspace(title=f"Project {shown}")
        me = founder(room.project)
        news = [post_update(room, actor=me, text=f"Day {n}") for n in range(shown)]
        draft = save_label_draft(room.project, actor=me, answers=ANSWERS, evidence=news)
        with CaptureQueriesContext(connection) as queries:
            sent = submit_label_draft(draft, actor=me, expected_version=1)
        assert [row.subject_id for row in sent.evidence.order_by("pk")] == [each.pk for each in news]
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_by_the_api() -> None:
    project = workspace().project
    me = Api(founder(project))
    answers = [{"criterion": code, "text": text} for code, text in ANSWERS.items()]
    given = {"projectId": gid(project), "answers": answers[:1]}
    draft = me.do("saveLabelDraft", "... on LabelDraft { id version }", **given)
    conflict = me.do("saveLabelDraft", "... on TextConflict { version stored }", **given)
    assert (draft["version"], conflict["version"]) == (1, 1)
    given |= {"answers": answers, "expectedVersion": 1}
    assert me.do("saveLabelDraft", "... on LabelDraft { version }", **given)["version"] == 2
    refetch = "query($id: ID!) { node(id: $id) { ... on LabelDraft { version } } }"
    assert me.ask(refetch, id=draft["id"]) == {"node": {"version": 2}}
    assert Api(founder(project, 1)).ask(refetch, id=draft["id"]) == {"node": None}
    found = me.ask("{ labelDrafts(first: 5) { edges { node { version answers { criterion text } } } } }")
    assert [edge["node"] for edge in found["labelDrafts"]["edges"]] == [
        {"version": 2, "answers": sorted(answers, key=lambda each: each["criterion"])}
    ]
    sent = me.do("submitLabelDraft", "... on LabelApplication { state }", draftId=draft["id"], expectedVersion=2)
    assert sent["state"] == "SUBMITTED"
