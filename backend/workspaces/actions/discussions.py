"""Forums: discussions, their threads, and posts."""

from typing import Any

from django.db import transaction

from backend.accounts.models import Person
from backend.core import clock
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.eventlog.record import record
from backend.workspaces.events import (
    DiscussionClosed,
    DiscussionEdited,
    DiscussionOpened,
    PostAdded,
    PostEdited,
    PostRemoved,
    ThreadRenamed,
    ThreadStarted,
)
from backend.workspaces.models import Audience, Discussion, Post, Thread, Workspace
from backend.workspaces.permissions import (
    can_add_post,
    can_edit,
    can_open_discussion,
    can_remove,
    can_rename_thread,
    can_start_thread,
    sees,
)
from backend.workspaces.room import check_audience, ensure_open, ensure_there, enter, take_away, text_of, title_of
from backend.workspaces.versions import rewrite


@transaction.atomic
def open_discussion(
    workspace: Workspace, *, actor: Person, title: str, description: str = "", audience: str = Audience.MEMBERS
) -> Discussion:
    """A new forum; administrators only. One for staff is a board of the staff room."""
    me = enter(workspace, actor)
    allow(can_open_discussion(me))
    ensure_open(workspace)
    discussion = Discussion.objects.create(
        workspace=workspace, author=actor, title=title_of(title), description=text_of(description=description),
        audience=check_audience(me, audience),
    )  # fmt: skip
    record(DiscussionOpened(discussion), actor=actor)
    return discussion


@transaction.atomic
def edit_discussion(
    discussion: Discussion, *, actor: Person, expected_version: int, title: str | None = None,
    description: str | None = None,
) -> Discussion:  # fmt: skip
    """Say better what it is for; administrators only."""
    discussion = Discussion.objects.lock(discussion)
    allow(can_open_discussion(enter(discussion.workspace, actor)))
    ensure_open(discussion.workspace)
    ensure_there(discussion)
    typed = {} if title is None else {"title": title_of(title)}
    typed |= {} if description is None else {"description": text_of(description=description)}
    if rewrite(discussion, actor=actor, expected=expected_version, typed=typed):
        record(DiscussionEdited(discussion), actor=actor)
    return discussion


@transaction.atomic
def close_discussion(discussion: Discussion, *, actor: Person) -> Discussion:
    """It can be read from now on, nothing is added; administrators only."""
    discussion = Discussion.objects.lock(discussion)
    allow(can_open_discussion(enter(discussion.workspace, actor)))
    ensure_open(discussion.workspace)
    ensure(not discussion.is_closed, "discussion_closed")
    change(discussion, is_closed=True)
    record(DiscussionClosed(discussion), actor=actor)
    return discussion


@transaction.atomic
def start_thread(discussion: Discussion, *, actor: Person, title: str, text: str) -> Thread:
    """A thread with its first post."""
    workspace = discussion.workspace
    me = enter(workspace, actor)
    allow(can_start_thread(me) and sees(me, discussion))
    ensure_open(workspace)
    ensure_there(discussion)
    ensure(not discussion.is_closed, "discussion_closed")
    text = text_of(text=text, needed=True)
    about: dict[str, Any] = {"workspace": workspace, "author": actor, "audience": discussion.audience}
    thread = Thread.objects.create(**about, discussion=discussion, title=title_of(title))
    Post.objects.create(**about, thread=thread, text=text)
    record(ThreadStarted(thread), actor=actor)
    return thread


@transaction.atomic
def rename_thread(thread: Thread, *, actor: Person, title: str, expected_version: int) -> Thread:
    """Who started it, or a teacher, gives it a better title."""
    thread = Thread.objects.lock(thread)
    allow(can_rename_thread(enter(thread.workspace, actor), thread))
    ensure_open(thread.workspace)
    ensure_there(thread)
    if rewrite(thread, actor=actor, expected=expected_version, typed={"title": title_of(title)}):
        record(ThreadRenamed(thread), actor=actor)
    return thread


@transaction.atomic
def add_post(thread: Thread, *, actor: Person, text: str) -> Post:
    """A reply; pupils may."""
    workspace = thread.workspace
    me = enter(workspace, actor)
    allow(can_add_post(me) and sees(me, thread))
    ensure_open(workspace)
    ensure_there(thread)
    ensure_there(thread.discussion)
    ensure(not thread.discussion.is_closed, "discussion_closed")
    text = text_of(text=text, needed=True)
    post = Post.objects.create(workspace=workspace, author=actor, thread=thread, text=text, audience=thread.audience)
    record(PostAdded(post), actor=actor)
    return post


@transaction.atomic
def edit_post(post: Post, *, actor: Person, text: str, expected_version: int) -> Post:
    """The author corrects the own words."""
    post = Post.objects.lock(post)
    allow(can_edit(enter(post.workspace, actor), post))
    ensure_open(post.workspace)
    ensure_there(post)
    typed = {"text": text_of(text=text, needed=True)}
    if rewrite(post, actor=actor, expected=expected_version, typed=typed):
        change(post, edited_at=clock.now())
        record(PostEdited(post), actor=actor)
    return post


@transaction.atomic
def remove_post(post: Post, *, actor: Person) -> Post:
    """The author or a teacher takes it away; a tombstone stays so that the conversation makes sense."""
    post = Post.objects.lock(post)
    allow(can_remove(enter(post.workspace, actor), post))
    ensure_open(post.workspace)
    ensure_there(post)
    record(PostRemoved(take_away(post, actor)), actor=actor)
    return post
