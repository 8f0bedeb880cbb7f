"""How a rule enters a workspace: it must be open for changes, and the actor's membership decides."""

from typing import TypeVar

from backend.accounts.models import Person
from backend.core import clock, fields
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.core.text import tidy, tidy_lines
from backend.workspaces.models import Audience, Inside, Workspace, WorkspaceMembership
from backend.workspaces.permissions import is_staff, membership_of

TITLE_LIMIT = 160

T = TypeVar("T", bound=Inside)


def enter(workspace: Workspace, actor: Person) -> WorkspaceMembership:
    """The actor's membership; refuses outsiders."""
    me = membership_of(actor, workspace)
    allow(me is not None)
    assert me
    return me


def ensure_open(workspace: Workspace) -> None:
    ensure(workspace.is_open, "workspace_read_only")


def ensure_there(thing: Inside) -> None:
    """What was removed, or hidden until a report is decided, cannot be changed."""
    ensure(not thing.is_removed, "removed")


def check_audience(me: WorkspaceMembership, audience: str, *, may_be_public: bool = False) -> str:
    """Only teachers put things into the staff room, or before everybody."""
    known = Audience.values if may_be_public else [Audience.MEMBERS, Audience.STAFF]
    fields.check_codes("audience", [audience], known)
    allow(audience == Audience.MEMBERS or is_staff(me))
    return audience


def take_away(thing: T, actor: Person) -> T:
    """A tombstone stays."""
    change(thing, removed_at=clock.now(), removed_by=actor)
    return thing


def title_of(title: str) -> str:
    """A title as it is stored."""
    title = tidy(title)
    fields.require(title=title)
    fields.limit(TITLE_LIMIT, title=title)
    return title


def text_of(*, needed: bool = False, limit: int = fields.TEXT_LIMIT, **named: str) -> str:
    """A text as it is stored; given by the name of its field."""
    ((field, text),) = named.items()
    text = tidy_lines(text)
    if needed:
        fields.require(**{field: text})
    fields.limit(limit, **{field: text})
    return text
