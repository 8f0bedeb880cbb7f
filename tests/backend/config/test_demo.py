"""The demo's rows look as the rules would have left them; the same seed makes the same Europe."""

from collections import Counter, defaultdict
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, F, Max, Min
from django.test import TestCase, override_settings

from backend.accounts.models import UNDECIDED, Person, PersonKind, PersonState
from backend.agencies.models import Agency, Officer
from backend.config.demo.build import fill
from backend.config.demo.ground.world import PASSWORD, World
from backend.config.demo.sign_ins import SIGN_INS
from backend.core import clock
from backend.eventlog.models import Entry, Event, EventCountry, Stream, desk_stream
from backend.labels.models import EuropeanLabel, LabelApplication, LabelDraft, LabelState, NationalLabel
from backend.mailings.models import Mailing
from backend.moderation.models import Appeal, Look
from backend.notifications.models import Notification
from backend.partners.models import Block, are_contacts
from backend.projects.models import (
    OPENED,
    Decision,
    HandOver,
    Outcome,
    Project,
    ProjectComment,
    ProjectMember,
    ProjectState,
)
from backend.projects.text import text_of
from backend.schools.models import Country, MembershipState, School, SchoolState
from backend.schools.search import duplicates_of
from backend.workspaces.models import (
    Activity,
    ChatRoom,
    File,
    Post,
    Thread,
    Update,
    Workspace,
    WorkspaceMembership,
    WorkspaceRole,
)

IN_MEMORY = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
SCALE = 0.05


@override_settings(STORAGES=IN_MEMORY)
class TestDemo(TestCase):
    """One small Europe for all these tests."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = World(seed=7, scale=SCALE)
        cls.steps = list(fill(cls.world))

    def test_every_country_and_every_state_is_there(self) -> None:
        assert Country.objects.filter(schools=None).count() == 0
        assert Country.objects.filter(people__state=PersonState.VALIDATED).distinct().count() == 46
        assert {*Project.objects.values_list("state", flat=True)} == {*ProjectState.values}
        staff = Person.objects.filter(kind=PersonKind.STAFF)
        assert {*staff.values_list("state", flat=True)} >= {PersonState.PENDING, PersonState.VALIDATED}
        offices = Officer.objects.values("agency").annotate(number=Count("pk"))
        assert sorted(offices.values_list("number", flat=True)) == [1] + [3] * 45 + [4]
        assert {*Mailing.objects.values_list("state", flat=True)} == {"DRAFT", "SCHEDULED", "SENT"}
        assert Agency.objects.count() == 47

    def test_opened_projects_and_only_they_have_a_workspace_of_both_founders(self) -> None:
        opened = Project.objects.filter(state__in=OPENED)
        assert {*Workspace.objects.values_list("project", flat=True)} == {*opened.values_list("pk", flat=True)}
        for project in opened.prefetch_related("members", "workspace__memberships"):
            administrators = {
                m.person_id
                for m in project.workspace.memberships.all()
                if m.role == WorkspaceRole.ADMINISTRATOR and m.left_at is None
            }
            assert administrators == {m.person_id for m in project.founders}

    def test_projects_that_wait_have_a_decision_due_and_open_ones_were_approved(self) -> None:
        for project in Project.objects.prefetch_related("members", "decisions"):
            outcomes = {d.country_id: d.outcome for d in project.current_decisions}
            if project.round:
                assert {*outcomes} == {*project.founder_countries}
            if project.state == ProjectState.PENDING_APPROVAL:
                assert Outcome.PENDING in outcomes.values()
                assert project.due_at == clock.after_working_days(project.state_since, 5)
            elif project.state in OPENED:
                assert {*outcomes.values()} == {Outcome.APPROVED}
            elif project.state == ProjectState.CHANGES_REQUESTED:
                assert Outcome.CHANGES_REQUESTED in outcomes.values()
        decided = Decision.objects.exclude(outcome=Outcome.PENDING)
        assert decided.filter(decided_by=None).count() == decided.filter(decided_at=None).count() == 0
        assert decided.exclude(decided_by__country=F("country")).count() == 0

    def test_queues_are_interesting(self) -> None:
        waiting = Decision.objects.filter(outcome=Outcome.PENDING, project__state=ProjectState.PENDING_APPROVAL)
        now = clock.now()
        assert waiting.filter(due_at__lt=now).exists()
        assert waiting.filter(due_at__gt=now).exists()
        people = Person.objects.filter(state__in=UNDECIDED)
        assert people.filter(due_at=None).count() == 0
        assert people.filter(due_at__lt=now).exists()
        assert people.filter(due_at__gt=now).exists()
        assert School.objects.filter(state=SchoolState.PROPOSED, due_at=None).count() == 0

    def test_founders_are_validated_contacts_of_two_schools(self) -> None:
        for project in Project.objects.prefetch_related("members__person")[:20]:
            one, other = project.founders
            assert one.school_id != other.school_id
            assert are_contacts(one.person, other.person)
            assert one.person.is_validated_staff
            assert other.person.is_validated_staff

    def test_nobody_is_validated_without_a_validated_school(self) -> None:
        validated = Person.objects.filter(kind=PersonKind.STAFF, state=PersonState.VALIDATED)
        settled = validated.filter(
            school__state=SchoolState.VALIDATED,
            school_memberships__state=MembershipState.VALIDATED,
            school_memberships__school=F("school"),
        )
        assert settled.distinct().count() == validated.count()
        idle = validated.exclude(school_memberships__state=MembershipState.PENDING)
        assert idle.exclude(due_at=None).count() == 0
        assert Person.objects.exclude(kind=PersonKind.PUPIL).filter(email="").count() == 0

    def test_the_newest_version_is_the_text(self) -> None:
        for project in Project.objects.prefetch_related("versions"):
            versions = list(project.versions.all())
            assert [v.number for v in versions] == list(range(project.version, 0, -1))
            assert versions[0].text == _through_json(text_of(project))

    def test_what_is_rare_is_there_too(self) -> None:
        """A photo hidden by a report and one by parents, edited texts, ends with their events, a twin in the queue, a
        country that approves by itself, a hand-over, a closed room."""
        photos = File.objects.filter(kind="IMAGE", hidden_at__isnull=False, removed_at=None)
        assert {*photos.values_list("awaits_consent", flat=True)} == {True, False}
        for model in (Update, Activity):
            assert model.objects.filter(version__gt=1, versions__isnull=False).exists()
        for state, kind in (("CLOSED", "project.closed"), ("ARCHIVED", "project.archived")):
            ended = Project.objects.filter(state=state).values_list("pk", flat=True)
            assert {*ended} <= {*Event.objects.filter(kind=kind).values_list("subject_id", flat=True)}
        proposed = School.objects.filter(state=SchoolState.PROPOSED)
        assert any(duplicates_of(school) for school in proposed)
        assert Country.objects.get(approval="AUTOMATIC").video_megabytes == 200
        assert HandOver.objects.get().due_at
        assert LabelDraft.objects.get().version == 1
        assert ChatRoom.objects.filter(closed_at__isnull=False).exists()
        assert Project.objects.filter(state="PENDING_PARTNER", answer_due_at=None).count() == 0

    def test_what_is_seldom_is_there_once(self) -> None:
        guest = WorkspaceMembership.objects.get(role=WorkspaceRole.GUEST)
        assert guest.is_present
        assert ProjectMember.objects.filter(role="PARTNER", state="LEFT").count() == 1
        assert Look.objects.get().workspace == guest.workspace
        appeal = Appeal.objects.get()
        assert (appeal.state, appeal.sanction.person.state) == ("OPEN", PersonState.SUSPENDED)
        assert Block.objects.get().blocked == appeal.sanction.person
        assert appeal.sanction.country_id == "FR"
        left = Person.objects.filter(kind=PersonKind.STAFF, state=PersonState.REVOKED)
        assert left.count() == 2
        founded = Project.objects.filter(
            state="OPEN", members__person__in=left, members__founder_position__isnull=False
        )
        assert founded.filter(members__role="PARTNER", members__country="FR", hand_overs=None).exists()
        assert ProjectComment.objects.get().project.kit is not None
        assert Project.objects.exclude(copied_from=None).get().copied_from.state == ProjectState.CLOSED

    def test_streams_have_no_gaps(self) -> None:
        counted = Entry.objects.values("stream").annotate(number=Count("pk"), first=Min("seq"), last=Max("seq"))
        rows = {row["stream"]: (row["number"], row["first"], row["last"]) for row in counted}
        heads = dict(Stream.objects.values_list("pk", "head"))
        assert rows == {stream: (head, 1, head) for stream, head in heads.items()}

    def test_events_are_in_the_streams_of_their_readers_and_desks(self) -> None:
        streams, wanted = defaultdict(set), defaultdict[UUID, set[UUID]](set)
        for event, stream in Entry.objects.values_list("event", "stream"):
            streams[event].add(stream)
        for event, recipient in Notification.objects.values_list("event", "recipient"):
            wanted[event].add(recipient)
        for event, country in EventCountry.objects.values_list("event", "country"):
            wanted[event].add(desk_stream(country))
        rooms = {
            *Project.objects.values_list("pk", flat=True),
            *Workspace.objects.values_list("pk", flat=True),
        }
        assert {event: found - rooms for event, found in streams.items() if found - rooms} == dict(wanted)

    def test_the_chronicle_tells_what_the_rules_would_have_recorded(self) -> None:
        """An invented project and the one that was played by the rules went the same way."""
        played = Project.objects.get(title="From the Rhône to the Vistula")
        ways = [_way(project) for project in Project.objects.filter(state=ProjectState.OPEN).exclude(pk=played.pk)]
        assert _way(played) in ways

    def test_dates_are_in_the_past_and_in_order(self) -> None:
        now = clock.now()
        events = list(Event.objects.order_by("pk").values_list("at", flat=True))
        assert events == sorted(events)
        assert events[0] < now - clock.timedelta(days=900)
        assert events[-1] <= now
        for model in (Person, Project, Post, ProjectMember):
            assert model.objects.filter(created_at__gt=now).count() == 0
        assert Notification.objects.filter(read_at__gt=now).count() == 0
        for post in Post.objects.select_related("thread__discussion__workspace"):
            assert post.thread.discussion.workspace.created_at < post.thread.discussion.created_at
            assert post.thread.discussion.created_at < post.thread.created_at <= post.created_at

    def test_only_members_who_were_there_wrote(self) -> None:
        since = {(m.workspace_id, m.person_id): m.created_at for m in WorkspaceMembership.objects.all()}
        for model in (Post, Thread, File):
            for thing in model.objects.all():
                assert since[thing.workspace_id, thing.author_id] < thing.created_at

    def test_files_are_really_stored(self) -> None:
        files = File.objects.exclude(kind="LINK")
        assert files.count() > 5
        for file in files:
            with file.content.open() as content:
                assert len(content.read()) == file.size

    def test_every_sign_in_works(self) -> None:
        for sign_in in SIGN_INS:
            if sign_in.login:
                assert authenticate(login=sign_in.login, password=PASSWORD) is not None, sign_in.login
        newcomer = Person.objects.get(login="tobias.lehmann@de.example")
        assert newcomer.state == PersonState.PENDING
        agathe = Person.objects.get(login="agathe.perrin@fr.example")
        mine = Project.objects.filter(members__person=agathe).values_list("state", flat=True)
        assert sorted(mine) == ["OPEN", "PENDING_APPROVAL", "PENDING_PARTNER"]
        room = Workspace.objects.visible_to(Person.objects.get(login="lina-demo")).get()
        assert room.project.title == "From the Rhône to the Vistula"
        assert Person.objects.filter(kind=PersonKind.PUPIL, workspace_memberships__workspace=room).count() == 4

    def test_labels_are_asked_for_awarded_and_refused(self) -> None:
        waiting = LabelApplication.objects.get(state=LabelState.SUBMITTED)
        assert (waiting.applicant.login, waiting.evidence.count()) == ("agathe.perrin@fr.example", 4)
        assert NationalLabel.objects.exclude(application__state=LabelState.AWARDED).count() == 0
        assert {*LabelApplication.objects.values_list("state", flat=True)} == {"SUBMITTED", "AWARDED", "REFUSED"}
        best = EuropeanLabel.objects.get().project
        assert {*best.labels.values_list("country", flat=True)} == {*best.founder_countries}

    def test_a_school_was_registered_twice_and_another_one_closed(self) -> None:
        noelia = Person.objects.get(login="noelia.garrido@es.example")
        merged = School.objects.get(state=SchoolState.MERGED)
        assert (merged.merged_into, merged.proposed_by) == (noelia.school, noelia)
        closed = School.objects.get(state=SchoolState.CLOSED)
        assert closed.memberships.get(person=noelia).state == MembershipState.LEFT
        assert noelia.school_memberships.get(state=MembershipState.VALIDATED).school == noelia.school
        assert Person.objects.get(login="agathe.perrin@fr.example").is_ambassador

    def test_a_second_run_keeps_the_data(self) -> None:
        before = (Person.objects.count(), Event.objects.count())
        call_command("demo", force=True)
        assert (Person.objects.count(), Event.objects.count()) == before


@pytest.mark.django_db
@override_settings(STORAGES=IN_MEMORY)
def test_the_same_seed_makes_the_same_europe() -> None:
    first, second, other = _portrait(3), _portrait(3), _portrait(4)
    assert first == second
    assert first != other


@pytest.mark.django_db
@override_settings(DEBUG=False)
def test_the_demo_refuses_a_server_in_earnest() -> None:
    with pytest.raises(CommandError, match="DEBUG is off"):
        call_command("demo")
    assert not Person.objects.exists()


def _portrait(seed: int) -> dict[str, Any]:
    with transaction.atomic():
        for _ in fill(World(seed, scale=0.01)):
            pass
        invented = Person.objects.exclude(login__endswith="-demo")
        portrait = {
            "people": sorted(invented.values_list("given_name", "family_name", "login", "state")),
            "schools": sorted(School.objects.values_list("name", "town", "state")),
            "projects": sorted(Project.objects.values_list("title", "state")),
            "posts": Counter(Post.objects.values_list("text", flat=True)),
        }
        transaction.set_rollback(True)
    return portrait


def _way(project: Project) -> list[tuple[str, int, int]]:
    """The kinds of a project's events, each with the numbers of countries and of inboxes it went to."""
    events = Event.objects.filter(subject_id=project.pk).order_by("pk")
    counted = events.annotate(lands=Count("countries", distinct=True), inboxes=Count("notifications", distinct=True))
    kinds = ("project.partner_invited", "project.partner_joined", "project.partner_left")
    return list(counted.exclude(kind__in=kinds).values_list("kind", "lands", "inboxes"))


def _through_json(text: dict[str, Any]) -> dict[str, Any]:
    return {field: list(value) if isinstance(value, tuple) else value for field, value in text.items()}
