"""Who may do what with the later life of projects."""

from typing import Any

from backend.accounts.models import Person, PersonState
from backend.projects.actions.commenting import comment_project
from backend.projects.actions.ending import close_project
from backend.projects.actions.handing import hand_over_project
from backend.projects.actions.partners import answer_invitation, invite_partner
from backend.projects.models import Project
from tests.factories.people import teacher
from tests.factories.projects import contacts
from tests.permissions.world import DRAFTED, HIDDEN, NO, OK, ON_OPEN, Row, World, all_but
from tests.support.api import gid

ON_PROJECT = ON_OPEN | {"outsider": NO}


def _closed(world: World) -> Any:
    return close_project(Project.objects.get(pk=world.project.pk), actor=world.founder)


def _partner(world: World) -> Any:
    follower = teacher(world.country)
    contacts(world.founder, follower)
    project = Project.objects.get(pk=world.project.pk)
    return answer_invitation(
        invite_partner(project, actor=world.founder, person=follower), actor=follower, accepts=True
    )


def _hand_over(world: World) -> Any:
    return hand_over_project(Project.objects.get(pk=world.project.pk), actor=world.founder, taker=_partner(world))


def _gone(world: World) -> dict[str, str]:
    """The first founder's account is closed; who asks as that founder may do nothing any more."""
    taker = _partner(world)
    Person.objects.filter(pk=world.founder.pk).update(state=PersonState.REVOKED)
    giver = Project.objects.get(pk=world.project.pk).founders[0]
    return {"takerId": gid(taker), "giverId": gid(giver)}


def _left(world: World) -> Any:
    Person.objects.filter(project_members__project=world.project).update(state=PersonState.REVOKED)
    return world.project


IN_PROJECT = all_but(HIDDEN, founder=NO, other=NO, officer_FR=OK, viewer_FR=NO, central=OK)

TABLE: dict[str, Row] = {
    "commentProject": (lambda w: {"projectId": gid(w.draft), "text": "Hm"}, DRAFTED),
    "resolveComment": (lambda w: {"commentId": gid(comment_project(w.draft, actor=w.founder, text="Hm"))}, DRAFTED),
    "closeProject": (lambda w: {"projectId": gid(w.project)}, ON_PROJECT),
    "reopenProject": (
        lambda w: {"projectId": gid(_closed(w)), "reason": "why"},
        ON_PROJECT | {"officer FR": OK, "central": OK},
    ),
    "archiveProject": (lambda w: {"projectId": gid(_closed(w))}, ON_PROJECT),
    "handOverProject": (
        lambda w: {"projectId": gid(w.project), "takerId": gid(_partner(w))},
        ON_PROJECT | {"other": "hand_over_abroad"},
    ),
    "handOverProject of a founder who is gone": (
        lambda w: {"projectId": gid(w.project), **_gone(w), "reason": "why"},
        ON_PROJECT | {"founder": NO, "officer FR": OK, "central": OK},
    ),
    "closeProject that both founders left": (
        lambda w: {"projectId": gid(_left(w)), "reason": "why"},
        ON_PROJECT | {"founder": NO, "other": NO, "left": HIDDEN, "officer FR": OK, "central": OK},
    ),
    "confirmHandOver": (lambda w: {"handOverId": gid(_hand_over(w)), "comment": "why"}, IN_PROJECT),
    "refuseHandOver": (lambda w: {"handOverId": gid(_hand_over(w)), "comment": "why"}, IN_PROJECT),
    "copyProject": (
        lambda w: {"projectId": gid(w.project), "partnerId": gid(w.candidate), "title": "Again"},
        ON_PROJECT | {"other": "not_contacts", "pupil": HIDDEN},
    ),
}
