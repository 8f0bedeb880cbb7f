"""The ids that an input may leave out: each mutation again, with them."""

from typing import Any

from backend.agencies.models import Agency
from backend.workspaces.actions import files, folders
from tests.factories.scene import pdf, photo
from tests.permissions import classroom
from tests.permissions.tools import office
from tests.permissions.world import HIDDEN, NO, OK, ON_OPEN, Row, World, all_but
from tests.support.api import gid


def _folder(world: World) -> Any:
    return folders.add_folder(world.room, actor=world.founder, name="Maps")


def _said(world: World) -> dict[str, Any]:
    return {"said": {"folderId": gid(_folder(world)), "shows": [gid(world.membership)]}}


def _chosen(world: World) -> dict[str, Any]:
    return {"editors": "CHOSEN", "chosen": [gid(world.membership)]}


def _image(world: World) -> str:
    return gid(files.upload_file(world.room, actor=world.founder, upload=photo()))


LINK = {"link": {"address": "https://example.org", "name": "A map"}}
TABLE: dict[str, Row] = {
    "addFolder in a folder": (
        lambda w: classroom._room(w, name="Old", parentId=gid(_folder(w))),
        classroom.STAFF,
    ),
    "addMaterial in a folder": (
        lambda w: classroom._room(w, content=LINK, licence="CC_BY", **_said(w)),
        classroom.IN_ROOM,
    ),
    "uploadFile in a folder": (lambda w: classroom._room(w, file=pdf(), licence="OWN", **_said(w)), classroom.IN_ROOM),
    "changeMaterial in a folder": (
        lambda w: {"fileId": gid(classroom._file(w)), "expectedVersion": 1, **_said(w)},
        classroom.STAFF,
    ),
    "writePage for some": (lambda w: classroom._room(w, title="New", **_chosen(w)), classroom.STAFF),
    "arrangePage for some": (lambda w: {"pageId": gid(classroom._page(w)), **_chosen(w)}, classroom.STAFF),
    "editHome with an image": (
        lambda w: classroom._room(w, expectedVersion=1, imageId=_image(w)),
        classroom.ADMINISTRATORS,
    ),
    "askForHelp about a project": (
        lambda w: {"topic": "TECHNICAL", "text": "How?", "projectId": gid(w.project)},
        ON_OPEN | {"outsider": OK},  # an open project can be read
    ),
    "saveLabelDraft with evidence": (
        lambda w: {"projectId": gid(w.project), "evidenceIds": [gid(classroom._page(w))]},
        all_but(HIDDEN, founder=OK, other=OK, pupil=NO),
    ),
    "writeReadyText again": (
        lambda w: {
            "agencyId": gid(Agency.objects.get(country=w.country)),
            **office.TEXT,
            "readyTextId": gid(office.text(w)),
            "expectedVersion": 1,
        },
        all_but(HIDDEN, officer_FR=OK, viewer_FR=NO),
    ),
}
