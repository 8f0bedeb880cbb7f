"""Pages: they save as one goes, keep every version, and are published by a teacher."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from backend.accounts.models import Person
from backend.core import clock, fields
from backend.core.guards import allow, ensure, ensure_version
from backend.core.models import change
from backend.eventlog.record import record
from backend.workspaces.events import (
    PageArchived,
    PageEdited,
    PagePublished,
    PageRemoved,
    PageRestored,
    PageWritten,
)
from backend.workspaces.models import Audience, Page, PageEditors, PageVersion, Workspace, WorkspaceMembership
from backend.workspaces.naming import ensure_page_names
from backend.workspaces.permissions import (
    can_edit_page,
    can_publish_page,
    can_remove_page,
    can_write_page,
)
from backend.workspaces.room import check_audience, ensure_open, ensure_there, enter, take_away, text_of, title_of

PAGE_LIMIT = 100_000  # characters


@transaction.atomic
def write_page(
    workspace: Workspace, *, actor: Person, title: str, text: str = "", audience: str = Audience.MEMBERS,
    editors: str = PageEditors.STAFF, chosen: Sequence[WorkspaceMembership] = (),
) -> Page:  # fmt: skip
    """A draft: its author, who may edit it and the teachers see it."""
    me = enter(workspace, actor)
    allow(can_write_page(me))
    ensure_open(workspace)
    _check_editors(workspace, editors, chosen)
    last = Page.objects.filter(workspace=workspace).aggregate(last=Max("position"))["last"]
    page = Page.objects.create(
        workspace=workspace, author=actor, title=title_of(title), text=text_of(text=text, limit=PAGE_LIMIT),
        audience=check_audience(me, audience, may_be_public=True), editors=editors, position=(last or 0) + 1,
    )  # fmt: skip
    page.chosen.set([m.person for m in chosen])
    _keep_version(page, actor)
    record(PageWritten(page), actor=actor)
    return page


@transaction.atomic
def edit_page(page: Page, *, actor: Person, expected_version: int, title: str | None = None,
              text: str | None = None, names_others: bool = False) -> Page:  # fmt: skip
    """Change the words; who edits an old version gets both texts back."""
    page = Page.objects.lock(page)
    me = enter(page.workspace, actor)
    allow(can_edit_page(me, page))
    ensure_open(page.workspace)
    ensure_there(page)
    typed = {"title": page.title if title is None else title_of(title)}
    typed["text"] = page.text if text is None else text_of(text=text, limit=PAGE_LIMIT)
    ensure_version(expected_version, page.version, stored={"title": page.title, "text": page.text}, typed=typed)
    if typed != {"title": page.title, "text": page.text}:
        change(page, **typed, version=page.version + 1)
        ensure_page_names(me, page, names_others=names_others)
        _keep_version(page, actor)
        record(PageEdited(page), actor=actor)
    return page


@transaction.atomic
def arrange_page(
    page: Page, *, actor: Person, audience: str | None = None, editors: str | None = None,
    chosen: Sequence[WorkspaceMembership] | None = None, position: int | None = None, names_others: bool = False,
) -> Page:  # fmt: skip
    """Who may see and edit it, and its place among the pages; teachers who may edit it. A published page
    does not move into the staff room or out of it: it was read already."""
    page = Page.objects.lock(page)
    me = enter(page.workspace, actor)
    allow(can_publish_page(me, page))
    ensure_open(page.workspace)
    ensure_there(page)
    values: dict[str, Any] = {"audience": audience, "editors": editors, "position": position}
    values = {name: value for name, value in values.items() if value is not None}
    if audience is not None:
        check_audience(me, audience, may_be_public=True)
        moves = (audience == Audience.STAFF) != page.is_for_staff
        ensure(page.is_draft or not moves, "page_published", field="audience")
    _check_editors(page.workspace, editors or page.editors, chosen or ())
    ensure(position is None or position >= 0, "required", field="position")
    if "audience" in change(page, **values):
        ensure_page_names(me, page, names_others=names_others)
    if chosen is not None:
        page.chosen.set([m.person for m in chosen])
    record(PageEdited(page), actor=actor)
    return page


@transaction.atomic
def publish_page(page: Page, *, actor: Person, names_others: bool = False) -> Page:
    """From now on its audience sees it; a teacher answers for that."""
    page = Page.objects.lock(page)
    me = enter(page.workspace, actor)
    allow(can_publish_page(me, page))
    ensure_open(page.workspace)
    ensure_there(page)
    ensure(page.is_draft, "page_published")
    fields.require(text=page.text)
    change(page, published_at=clock.now())
    ensure_page_names(me, page, names_others=names_others)
    record(PagePublished(page), actor=actor)
    return page


@transaction.atomic
def archive_page(page: Page, *, actor: Person, is_archived: bool = True) -> Page:
    """Out of the list, still there for who has its address; or back again."""
    page = Page.objects.lock(page)
    allow(can_publish_page(enter(page.workspace, actor), page))
    ensure_open(page.workspace)
    ensure_there(page)
    if is_archived != (page.archived_at is not None):
        change(page, archived_at=clock.now() if is_archived else None)
        record(PageArchived(page) if is_archived else PageRestored(page), actor=actor)
    return page


@transaction.atomic
def remove_page(page: Page, *, actor: Person) -> Page:
    """Administrators take it away; its author may, as long as nobody else was shown it."""
    page = Page.objects.lock(page)
    allow(can_remove_page(enter(page.workspace, actor), page))
    ensure_open(page.workspace)
    ensure_there(page)
    record(PageRemoved(take_away(page, actor)), actor=actor)
    return page


def _keep_version(page: Page, author: Person) -> None:
    PageVersion.objects.create(page=page, number=page.version, author=author, title=page.title, text=page.text)


def _check_editors(workspace: Workspace, editors: str, chosen: Sequence[WorkspaceMembership]) -> None:
    """Chosen are members of this workspace; none is needed for the other kinds."""
    fields.check_codes("editors", [editors], PageEditors.values)
    inside = all(m.workspace_id == workspace.pk and m.is_present for m in chosen)
    ensure(inside, "not_found", field="chosen")
