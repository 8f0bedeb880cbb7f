"""The workspaces of all opened projects, and sixty of them full of life."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from backend.accounts.models import Person, PersonKind, PersonState
from backend.config.demo.europe.contacts import Contacts
from backend.config.demo.europe.documents import drawn
from backend.config.demo.europe.path import ProjectPath
from backend.config.demo.ground.texts import lands, names, phrases
from backend.config.demo.ground.world import World
from backend.core.text import fold
from backend.projects.events import PartnerInvited, PartnerJoined
from backend.projects.models import ProjectMemberState, ProjectRole, ProjectState
from backend.workspaces import events
from backend.workspaces.models import (
    Discussion,
    File,
    Inside,
    Post,
    Thread,
    Update,
    Workspace,
    WorkspaceMembership,
    WorkspaceRole,
    file_path,
)

LIVELY = 60
PUPILS = (5, 14)  # a teacher
DAY = timedelta(days=1)


def build_workspaces(world: World, contacts: Contacts, opened: list[ProjectPath]) -> None:
    """Every opened project has its room; a few of the open ones are looked at more closely."""
    still_open = [
        path for path in opened if path.project.state == ProjectState.OPEN and path.opened_at < world.now - 9 * DAY
    ]
    lively = {id(path) for path in still_open[-world.count(LIVELY, least=2) :]}
    for path in opened:
        room = Room(world, contacts, path)
        is_lively = id(path) in lively
        if path.project.state == ProjectState.OPEN and (is_lively or world.happens(0.35)):
            room.bring_partners(world.chance.randint(1, 5 if is_lively else 3))
        if is_lively:
            room.bring_pupils()
            room.talk()
            room.post_updates()
            room.share_files()
        elif path.project.state == ProjectState.OPEN and world.happens(0.8):
            room.begin()


class Room:
    """One workspace while its rows are made."""

    def __init__(self, world: World, contacts: Contacts, path: ProjectPath) -> None:
        self.world, self.contacts, self.path, self.opened_at = world, contacts, path, path.opened_at
        self.workspace = Workspace(**world.dated(path.opened_at), project=path.project)
        world.add(self.workspace)
        self.staff: list[Person] = []
        self.pupils: list[Person] = []
        self.since: dict[Person, datetime] = {}
        for founder in (path.one, path.other):
            self._admit(founder, WorkspaceRole.ADMINISTRATOR, path.opened_at, None)
        self._tell(events.WorkspaceOpened(self.workspace), None, path.opened_at)

    def bring_partners(self, number: int) -> None:
        """Contacts of a founder are invited; most join, some have not answered yet."""
        world, path = self.world, self.path
        for _ in range(number):
            host, guest = world.pick([path.one, path.other]), world.pick(world.teachers)
            at = world.after(self.opened_at, 1, 40)
            if guest in self.staff or guest.state_since > at - 3 * DAY or any(m.person is guest for m in path.members):
                continue
            self.contacts.between(host, guest, at)
            path.at = at
            member = path.add_member(guest, ProjectRole.PARTNER, state=ProjectMemberState.INVITED, invited_by=host)
            self._tell(PartnerInvited(path.project, member), host, at)
            if world.happens(0.85):
                joined = world.after(at, 0.1, 6)
                member.state, member.updated_at = ProjectMemberState.JOINED, joined
                self._tell(PartnerJoined(path.project, member), guest, joined)
                membership = self._admit(guest, WorkspaceRole.MEMBER, joined, host)
                self._tell(events.MemberJoined(membership), guest, joined)

    def bring_pupils(self) -> None:
        world = self.world
        for teacher in self.staff[:4]:
            at = world.after(self.opened_at, 1, 8)
            for place in range(world.chance.randint(*PUPILS)):
                when = at + timedelta(seconds=place)
                pupil = self._pupil(teacher, when)
                role = WorkspaceRole.PUPIL_ADMINISTRATOR if place == 0 and world.happens(0.3) else WorkspaceRole.PUPIL
                membership = self._admit(pupil, role, when, teacher)
                self._tell(events.PupilAdded(membership), teacher, when)

    def talk(self) -> None:
        """Discussions by administrators, threads by teachers, posts by everybody."""
        for known in self.world.some(phrases()["discussion"], 2, 4):
            host, at = self.world.pick([self.path.one, self.path.other]), self._moment(8, 0.3)
            discussion = self._put(Discussion, host, at, title=known["title"], description=known["description"])
            self._tell(events.DiscussionOpened(discussion), host, at)
            for title, text in self.world.some(known["threads"], 1, 4):
                at = self.world.after(at, 0.2, 6)
                author = self._voice(at)
                words = {"a": author.school.town if author.school else "", "b": self.path.towns["b"]}
                thread = self._put(Thread, author, at, discussion=discussion, title=title.format(**words))
                self._put(Post, author, at, thread=thread, text=text.format(**words))
                self._tell(events.ThreadStarted(thread), author, at)
                self._reply(thread, known["replies"], at, only_staff=known["title"] == "Planning")

    def post_updates(self) -> None:
        for text in self.world.some(phrases()["updates"], 2, 9):
            at = self._moment(3, 1.0)
            author = self._voice(at)
            written = text.format(**self.path.towns, theme=f"“{self.path.project.title}”")
            self._tell(events.UpdatePosted(self._put(Update, author, at, text=written)), author, at)

    def begin(self) -> None:
        """Some news of each founder, or of one alone; many rooms fall silent after a while."""
        founders = [self.path.one, self.path.other][: 1 if self.world.happens(0.12) else 2]
        lasts = self.world.chance.uniform(0.02, 1.0)
        for author in founders * self.world.chance.randint(1, 3):
            at = self._moment(3, lasts)
            text = self.world.pick(phrases()["updates"]).format(**self.path.towns, theme=f"“{self.path.project.title}”")
            self._tell(events.UpdatePosted(self._put(Update, author, at, text=text)), author, at)

    def share_files(self) -> None:
        for name, caption, kept in self.world.some(drawn(), 2, 6):
            at = self._moment(5, 1.0)
            author = self._voice(at, pupils=self.world.happens(0.3))
            file = self._put(
                File, author, at, name=name, caption=caption, kind=kept.kind, media_type=kept.media_type,
                size=len(kept.content),
            )  # fmt: skip
            file.content.name = default_storage.save(file_path(file, name), ContentFile(kept.content))
            self._tell(events.FileUploaded(file), author, at)

    def _reply(self, thread: Thread, replies: list[str], at: datetime, *, only_staff: bool) -> None:
        world = self.world
        for text in world.chance.sample(replies, world.chance.randint(2, len(replies))):
            at = world.after(at, 0.01, 4)
            author = self._voice(at, pupils=not only_staff)
            post = self._put(Post, author, at, thread=thread, text=text)
            self._tell(events.PostAdded(post), author, at)
            if world.happens(0.05):
                later = world.after(at, 0.001, 0.02)
                post.text, post.version, post.edited_at, post.updated_at = f"{text} :-)", 2, later, later
                self._tell(events.PostEdited(post), author, later)
            elif world.happens(0.02):
                later, teacher = world.after(at, 0.01, 0.5), self._voice(at)
                post.removed_at, post.removed_by, post.updated_at = later, teacher, later
                self._tell(events.PostRemoved(post), teacher, later)

    def _voice(self, at: datetime, *, pupils: bool = False) -> Person:
        """Somebody who was in the room by then; with pupils, more often one of them."""
        people = self.pupils * 2 + self.staff if pupils else self.staff
        return self.world.pick([person for person in people if self.since[person] < at] or self.staff[:2])

    def _moment(self, first_day: float, until: float) -> datetime:
        """Some time in the room's life."""
        start = min(self.opened_at + first_day * DAY, self.world.now - DAY)
        return start + (self.world.now - start) * self.world.chance.uniform(0, until)

    def _pupil(self, teacher: Person, when: datetime) -> Person:
        world, land = self.world, lands()[teacher.country_id or ""]
        group = names(world.pick(land.names))
        given = world.pick(world.pick([group.women, group.men]))
        stem = fold(given).replace(" ", "-")
        while world.logins[login := f"{stem}-{world.chance.randint(1000, 9999)}", "pupil"]:
            pass
        world.logins[login, "pupil"] = 1
        pupil = Person(
            **world.dated(when), login=login, kind=PersonKind.PUPIL, state=PersonState.VALIDATED, given_name=given,
            language=teacher.language, country_id=teacher.country_id, school=teacher.school,
            time_zone=teacher.time_zone, password=world.password, state_since=when,
        )  # fmt: skip
        world.add(pupil)
        return pupil

    def _admit(self, person: Person, role: WorkspaceRole, at: datetime, by: Person | None) -> WorkspaceMembership:
        membership = WorkspaceMembership(
            **self.world.dated(at), workspace=self.workspace, person=person, role=role, added_by=by
        )
        (self.pupils if person.kind == PersonKind.PUPIL else self.staff).append(person)
        self.since[person] = at
        return self.world.add(membership)  # type: ignore[no-any-return]

    def _put(self, model: type[Inside], author: Person, at: datetime, **values: Any) -> Any:
        return self.world.add(model(**self.world.dated(at), workspace=self.workspace, author=author, **values))

    def _tell(self, fact: Any, actor: Person | None, at: datetime) -> None:
        self.world.tell(fact, actor, at)
