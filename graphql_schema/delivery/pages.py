"""A page of events on its way out: what its selections need is loaded once for all of its events."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model
from strawberry_django.optimizer import optimize

from backend.accounts.models import Person
from backend.eventlog.cursors import Cursor
from backend.eventlog.models import Entry
from backend.eventlog.reading import Page
from backend.notifications.models import Notification
from backend.workspaces.models import Audience, WorkspaceMembership
from backend.workspaces.permissions import is_staff
from graphql_schema.types.live.updates import WorkspaceEvent
from graphql_schema.viewer import viewer_key, viewer_of


class Delivered:
    """The events of one page, and the things they are about as each viewer may see them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.loaded: dict[Hashable, dict[UUID, Model]] = {}

    def events(self, kind: type[Any] = WorkspaceEvent) -> list[Any]:
        """The page's entries as updates of the given type."""
        stream, epoch = self.page.cursor.stream, self.page.cursor.epoch
        return [kind(entry=e, page=self, cursor=str(Cursor(stream, epoch, e.seq))) for e in self.page.entries]

    def notification(self, entry: Entry, info: Any) -> Any:
        """The viewer's inbox entry for an event."""
        memo = (Notification, _nodes(info), viewer_key(info))

        def load() -> dict[UUID, Model]:
            inbox = Notification.objects.for_viewer(viewer_of(info))
            mine = inbox.filter(event__in=[e.event_id for e in self.page.entries])
            return {row.event_id: row for row in optimize(mine, info)}

        return self._once(memo, load).get(entry.event_id)

    def subject(self, entry: Entry, info: Any) -> Any:
        """The thing an event is about; the first one asked for loads those of the whole page."""
        label = entry.event.subject_type
        same = (e.event.subject_id for e in self.page.entries if e.event.subject_type == label)
        return self._load(apps.get_model(label), same, info).get(entry.event.subject_id)

    def shows(self, entry: Entry, info: Any) -> bool:
        """Whether the viewer may know of the event: always, unless it says that not all members do."""
        event = entry.event
        if "audience" not in event.data:
            return True
        if event.data["audience"] == Audience.STAFF:
            me = info.context.once(("role", self.page.cursor.stream), lambda: self._membership(info))
            return is_staff(me)
        model: Any = apps.get_model(event.subject_type)
        visible = model.objects.visible_to(viewer_of(info)).filter(pk=event.subject_id)
        shown: bool = info.context.once(("shows", event.pk), visible.exists)
        return shown

    def _membership(self, info: Any) -> Any:
        present = WorkspaceMembership.objects.present()
        return present.filter(workspace=self.page.cursor.stream, person=viewer_key(info)).first()

    def actor(self, entry: Entry, info: Any) -> Any:
        actors = (e.event.actor_id for e in self.page.entries if e.event.actor_id)
        return self._load(Person, actors, info).get(entry.event.actor_id) if entry.event.actor_id else None

    def _load(self, model: Any, keys: Iterable[UUID], info: Any) -> dict[UUID, Model]:
        memo = (model, _nodes(info), viewer_key(info))

        def load() -> dict[UUID, Model]:
            visible = model.objects.for_viewer(viewer_of(info)).filter(pk__in=set(keys))
            return {row.pk: row for row in optimize(visible, info)}

        return self._once(memo, load)

    def _once(self, memo: Hashable, load: Callable[[], dict[UUID, Model]]) -> dict[UUID, Model]:
        if memo not in self.loaded:
            self.loaded[memo] = load()
        return self.loaded[memo]


def _nodes(info: Any) -> tuple[int, ...]:
    """Which selection this is: the same field asked for twice loads twice."""
    return tuple(id(node) for node in info._raw_info.field_nodes)
