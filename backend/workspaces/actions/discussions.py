"""Forums: discussions, their threads, and posts."""

from django.db import transaction

from backend.accounts.models import Person
from backend.core import clock, fields
from backend.core.guards import allow, ensure, ensure_version
from backend.core.models import change
from backend.core.text import tidy, tidy_lines
from backend.eventlog.record import record
from backend.workspaces.events import DiscussionOpened, PostAdded, PostEdited, PostRemoved, ThreadStarted
from backend.workspaces.models import Discussion, Post, Thread, Workspace
from backend.workspaces.permissions import (
    can_add_post,
    can_edit,
    can_open_discussion,
    can_remove,
    can_start_thread,
)
from backend.workspaces.room import ensure_open, enter

TITLE_LIMIT = 160


@transaction.atomic
def open_discussion(workspace: Workspace, *, actor: Person, title: str, description: str = "") -> Discussion:
    """A new forum; administrators only."""
    allow(can_open_discussion(enter(workspace, actor)))
    ensure_open(workspace)
    discussion = Discussion.objects.create(
        workspace=workspace, author=actor, title=_title(title), description=_text(description=description)
    )
    record(DiscussionOpened(discussion), actor=actor)
    return discussion


@transaction.atomic
def start_thread(discussion: Discussion, *, actor: Person, title: str, text: str) -> Thread:
    """A thread with its first post."""
    workspace = discussion.workspace
    allow(can_start_thread(enter(workspace, actor)))
    ensure_open(workspace)
    ensure(not discussion.is_closed, "discussion_closed")
    text = _text(text=text)
    fields.require(text=text)
    thread = Thread.objects.create(workspace=workspace, author=actor, discussion=discussion, title=_title(title))
    Post.objects.create(workspace=workspace, author=actor, thread=thread, text=text)
    record(ThreadStarted(thread), actor=actor)
    return thread


@transaction.atomic
def add_post(thread: Thread, *, actor: Person, text: str) -> Post:
    """A reply; pupils may."""
    workspace = thread.workspace
    allow(can_add_post(enter(workspace, actor)))
    ensure_open(workspace)
    ensure(not thread.discussion.is_closed, "discussion_closed")
    text = _text(text=text)
    fields.require(text=text)
    post = Post.objects.create(workspace=workspace, author=actor, thread=thread, text=text)
    record(PostAdded(post), actor=actor)
    return post


@transaction.atomic
def edit_post(post: Post, *, actor: Person, text: str, expected_version: int) -> Post:
    """The author corrects the own words."""
    post = Post.objects.lock(post)
    allow(can_edit(enter(post.workspace, actor), post))
    ensure_open(post.workspace)
    ensure(not post.is_removed, "post_removed")
    text = _text(text=text)
    fields.require(text=text)
    ensure_version(expected_version, post.version, stored={"text": post.text}, typed={"text": text})
    if text != post.text:
        change(post, text=text, version=post.version + 1, edited_at=clock.now())
        record(PostEdited(post), actor=actor)
    return post


@transaction.atomic
def remove_post(post: Post, *, actor: Person) -> Post:
    """The author or a teacher takes it away; a tombstone stays so that the conversation makes sense."""
    post = Post.objects.lock(post)
    allow(can_remove(enter(post.workspace, actor), post))
    ensure_open(post.workspace)
    ensure(not post.is_removed, "post_removed")
    change(post, removed_at=clock.now(), removed_by=actor)
    record(PostRemoved(post), actor=actor)
    return post


def _title(title: str) -> str:
    title = tidy(title)
    fields.require(title=title)
    fields.limit(TITLE_LIMIT, title=title)
    return title


def _text(**named: str) -> str:
    ((field, text),) = named.items()
    text = tidy_lines(text)
    fields.limit(fields.TEXT_LIMIT, **{field: text})
    return text
