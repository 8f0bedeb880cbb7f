"""Fills an empty database for the live benchmark: workspaces full of pupils, and a token for each."""

import json
import sys

import django

django.setup()

from backend.accounts.models import Person, PersonKind, PersonState
from backend.accounts.sign_in import issue_token
from backend.workspaces.actions.discussions import open_discussion, start_thread
from backend.workspaces.models import WorkspaceMembership, WorkspaceRole
from graphql_schema.lookup import global_id
from tests.factories.people import officer, password_hash, teacher
from tests.factories.projects import workspace


def main(workspaces: int, pupils: int) -> None:
    founders = teacher("FR"), teacher("PL")
    officer("FR"), officer("PL")
    rooms = []
    for n in range(workspaces):
        room = workspace(founders=founders, title=f"Workspace {n}")
        thread = start_thread(
            open_discussion(room, actor=founders[0], title="Rivers"), actor=founders[0], title="Numbers", text="Begin."
        )
        people = [_pupil(f"pupil-{n}-{m}") for m in range(pupils)]
        Person.objects.bulk_create(people)
        WorkspaceMembership.objects.bulk_create(
            WorkspaceMembership(workspace=room, person=person, role=WorkspaceRole.PUPIL) for person in people
        )
        tokens = [issue_token(person) for person in people]
        rooms.append({"id": global_id(room), "key": str(room.pk), "thread": str(thread.pk), "tokens": tokens})
    sys.stdout.write(json.dumps({"rooms": rooms, "writer": str(founders[0].pk)}))


def _pupil(login: str) -> Person:
    return Person(
        login=login, kind=PersonKind.PUPIL, state=PersonState.VALIDATED, given_name=login, password=password_hash()
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
