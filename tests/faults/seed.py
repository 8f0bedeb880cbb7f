"""Fills an empty database for the fault suite and prints who is who as JSON; run in a process of its own."""

import json
import sys

import django

django.setup()

from backend.accounts.sign_in import issue_token
from backend.workspaces.actions.discussions import open_discussion, start_thread
from backend.workspaces.actions.members import add_pupils
from graphql_schema.lookup import global_id
from tests.factories.projects import workspace


def main(writers: int, followers: int) -> None:
    room = workspace()
    founder = room.project.founders[0].person
    thread = start_thread(
        open_discussion(room, actor=founder, title="Rivers"), actor=founder, title="Numbers", text="Begin."
    )
    cards = add_pupils(room, actor=founder, given_names=["Pupil"] * (writers + followers))
    tokens = [issue_token(card.membership.person) for card in cards]
    seeded = {
        "workspace": global_id(room),
        "thread": global_id(thread),
        "founder": issue_token(founder),
        "writers": tokens[:writers],
        "followers": tokens[writers:],
        "memberships": [str(card.membership.pk) for card in cards[writers:]],
    }
    sys.stdout.write(json.dumps(seeded))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
