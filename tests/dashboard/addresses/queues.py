"""Today and the queues."""

from uuid import uuid4

from backend.desk.actions import save_view
from tests.dashboard.addresses.world import ASK, DONE, EVERY_OFFICER, Area
from tests.factories.people import newcomer, officer

PAGES = ("today", "search", "people", "schools", "projects", "reports", "labels", "help")

QUEUES = Area(
    reading=dict.fromkeys(PAGES, EVERY_OFFICER),
    things={
        "case": lambda: ["people", newcomer("FR").pk],
        "view": lambda: [save_view("people", actor=officer("FR"), name="Mine", query="due=overdue", is_shared=True).pk],
    },
    absent={"case": ["people", uuid4()], "view": [uuid4()]},
    about={"take_case": "case", "release_case": "case", "remove_view": "view"},
    fixed={page: ["people"] for page in ("take_next", "decide_cases", "save_view")},
    # Whoever may not is told so on the queue, where they are sent back to.
    deciding={
        "take_case": (302, 403, 403, DONE, DONE, 404, DONE),
        "release_case": (302, 403, 403, DONE, DONE, 404, DONE),
        "remove_view": (302, 403, 403, DONE, DONE, 404, 404),
        "take_next": (302, 403, 403, DONE, DONE, DONE, DONE),
        "decide_cases": (302, 403, 403, ASK, ASK, ASK, ASK),
        "save_view": (302, 403, 403, DONE, DONE, DONE, DONE),
    },
    apart=frozenset(("take_case", "release_case", "remove_view", "take_next", "save_view")),
)
