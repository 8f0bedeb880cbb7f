"""A person, a school, a project."""

from typing import Any
from uuid import uuid4

from backend.desk.notes import write_note
from backend.moderation.actions.sanctions import appeal_decision
from backend.projects.models import ProjectState
from backend.schools.models import SchoolState
from tests.dashboard.addresses.world import ASK, DONE, EVERY_OFFICER, OWN_COUNTRY, Area
from tests.factories.labels import application
from tests.factories.moderation import help_request, report, sanction
from tests.factories.people import SchoolFactory, newcomer, officer, teacher
from tests.factories.projects import hand_over, project, workspace

ABOUT = {
    "person": (
        "person", "validate_teacher", "reject_teacher", "request_information", "revoke_teacher", "restore_teacher",
        "name_ambassador", "lift_suspension",
    ),
    "account": ("person_seen", "erasure", "erase_person", "factor_of", "reset_second_factor", "note_person"),
    "note": ("remove_note",),
    "school": ("school", "note_school", "validate_school", "reject_school", "merge_schools", "close_school", "reopen_school", "correct_school"),
    "project": ("project", "note_project", "comment_project", "approve_project", "request_project_changes", "refuse_project", "nudge_agency", "hand_over_project", "close_project", "reopen_project"),
    "inside": ("inside", "look_inside"),
    "hand_over": ("confirm_hand_over", "refuse_hand_over"),
    "report": ("report", "open_report", "decide_report", "confirm_ban", "escalate_report"),
    "appeal": ("appeal", "decide_appeal"),
    "label": ("label", "open_label_evidence", "declare_conflict", "assess_label", "award_label", "refuse_label"),
    "help_request": ("help_request", "answer_help", "close_help"),
}  # fmt: skip


def _appeal() -> list[Any]:
    warned = sanction(teacher("FR"), "WARNING")
    return [appeal_decision(warned, actor=warned.person, text="Why?").pk]


RECORDS = Area(
    things={
        "person": lambda: [newcomer("FR").pk],
        "account": lambda: [newcomer("FR").pk],
        "note": lambda: [write_note(newcomer("FR"), actor=officer("FR"), text="Call.").pk],
        "school": lambda: [SchoolFactory(country_id="FR", state=SchoolState.PROPOSED).pk],
        "project": lambda: [project(ProjectState.PENDING_APPROVAL).pk],
        "inside": lambda: [workspace().project.pk],
        "hand_over": lambda: [hand_over().pk],
        "report": lambda: [report(teacher("FR"), actor=teacher("PL")).pk],
        "appeal": _appeal,
        "label": lambda: [application().pk],
        "help_request": lambda: [help_request(actor=teacher("FR")).pk],
    },
    absent={thing: [uuid4()] for thing in ABOUT},
    about={page: thing for thing, pages in ABOUT.items() for page in pages},
    apart=frozenset(
        (
            "nudge_agency",
            "open_label_evidence",
            "declare_conflict",
            "close_help",
        )
    ),
    reading={
        **dict.fromkeys((*(set(ABOUT) - {"account", "note", "hand_over", "inside"}), "person_seen"), OWN_COUNTRY),
        **dict.fromkeys(("erasure", "factor_of", "correct_school", "inside"), (302, 403, 403, 200, 403, 404, 200)),
        "appeals": EVERY_OFFICER,
    },
    # Without a reason: approving and validating needs none from the own officer, everything from central.
    deciding={
        "validate_teacher": (302, 403, 403, DONE, 403, 404, ASK),
        "reject_teacher": (302, 403, 403, ASK, 403, 404, ASK),
        "request_information": (302, 403, 403, ASK, 403, 404, ASK),
        "validate_school": (302, 403, 403, DONE, 403, 404, ASK),
        "reject_school": (302, 403, 403, ASK, 403, 404, ASK),
        # Not yet: the person is not validated, the school is not open, no record to merge into was chosen.
        "revoke_teacher": (302, 403, 403, ASK, 403, 404, ASK),
        "restore_teacher": (302, 403, 403, ASK, 403, 404, ASK),
        "name_ambassador": (302, 403, 403, ASK, 403, 404, ASK),
        "lift_suspension": (302, 403, 403, ASK, 403, 404, ASK),  # nobody is suspended
        "merge_schools": (302, 403, 403, ASK, ASK, 404, ASK),
        "close_school": (302, 403, 403, ASK, 403, 404, ASK),
        "reopen_school": (302, 403, 403, ASK, 403, 404, ASK),
        "approve_project": (302, 403, 403, DONE, 403, 404, ASK),
        "request_project_changes": (302, 403, 403, ASK, ASK, 404, ASK),
        "refuse_project": (302, 403, 403, ASK, ASK, 404, ASK),
        # Not yet: both founders are there, and the project is not open.
        "hand_over_project": (302, 403, 403, ASK, ASK, 404, ASK),
        "close_project": (302, 403, 403, 403, 403, 404, 403),
        "reopen_project": (302, 403, 403, ASK, 403, 404, ASK),
        "look_inside": (302, 403, 403, ASK, 403, 404, ASK),
        # Of the own side; nobody reminds themselves.
        "nudge_agency": (302, 403, 403, 302, 302, 404, 302),
        "confirm_hand_over": (302, 403, 403, DONE, 403, 404, ASK),
        "refuse_hand_over": (302, 403, 403, ASK, ASK, 404, ASK),
        "open_report": (302, 403, 403, ASK, 403, 404, ASK),
        "decide_report": (302, 403, 403, ASK, 403, 404, ASK),
        "confirm_ban": (302, 403, 403, ASK, 403, 404, ASK),
        "escalate_report": (302, 403, 403, ASK, 403, 404, 403),
        **dict.fromkeys(("erase_person", "reset_second_factor"), (302, 403, 403, ASK, 403, 404, ASK)),
        **dict.fromkeys(("note_person", "note_school", "note_project"), (302, 403, 403, ASK, 403, 404, ASK)),
        "comment_project": (302, 403, 403, ASK, 403, 404, 403),
        "remove_note": (302, 403, 403, 403, 403, 404, 403),  # of who wrote it
        "decide_appeal": (302, 403, 403, ASK, 403, 404, ASK),
        "open_label_evidence": (302, 403, 403, DONE, 403, 404, DONE),
        "declare_conflict": (302, 403, 403, DONE, 403, 404, DONE),
        "assess_label": (302, 403, 403, ASK, 403, 404, ASK),
        "award_label": (302, 403, 403, ASK, 403, 404, ASK),
        "refuse_label": (302, 403, 403, ASK, 403, 404, ASK),
        "answer_help": (302, 403, 403, ASK, 403, 404, ASK),
        "close_help": (302, 403, 403, ASK, 403, 404, DONE),  # by central, before the own officer comes
    },
    sent={"decide_appeal": {"verdict": "UPHELD"}},
)
