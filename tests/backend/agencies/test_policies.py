"""What a lead settles: policies, and how the agency is reached."""

from typing import Any

import pytest
import time_machine

from backend.agencies.actions import edit_agency, set_policy
from backend.agencies.models import Agency
from backend.core import clock
from backend.eventlog.models import Event
from backend.labels.actions.policies import set_label_policy
from backend.labels.models.grids import policy_of
from backend.notifications.models import Notification
from backend.schools.actions import register_school
from backend.schools.models import Country
from tests.factories.labels import application
from tests.factories.people import central, newcomer, officer, teacher
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def france() -> Country:
    return Country.objects.get(pk="FR")


def test_requests_from_now_on_are_due_by_the_new_target() -> None:
    boss, colleague = officer("FR", role="LEAD"), officer("FR")
    before = register_school(actor=newcomer("FR"), name="Before", town="Lyon")
    agency = set_policy(france(), actor=boss, target_working_days=10, project_approval="AUTOMATIC")
    assert agency.country
    assert (agency.country.target_working_days, agency.country.approval) == (10, "AUTOMATIC")
    after = register_school(actor=newcomer("FR"), name="After", town="Lyon")
    assert before.due_at == clock.after_working_days(before.state_since, 5)
    assert after.due_at == clock.after_working_days(after.state_since, 10)
    event = Event.objects.get(kind="agency.policy_set")
    assert (event.subject_id, event.data) == (agency.pk, {"target_working_days": "10", "approval": "AUTOMATIC"})
    assert Notification.objects.get(event=event).recipient == colleague


def test_only_what_is_given_changes_and_the_same_again_is_nothing() -> None:
    boss = officer("FR", role="LEAD")
    set_policy(france(), actor=boss, target_working_days=5)
    assert not Event.objects.exists()
    set_policy(france(), actor=boss, project_approval="AUTOMATIC")
    assert (france().target_working_days, france().approval) == (5, "AUTOMATIC")


def test_how_much_may_be_uploaded() -> None:
    boss = officer("FR", role="LEAD")
    assert (france().file_megabytes, france().video_megabytes, france().workspace_megabytes) == (25, 100, 1024)
    set_policy(france(), actor=boss, file_megabytes=50, video_megabytes=200, workspace_megabytes=4096)
    set_policy(france(), actor=boss, file_megabytes=60)
    assert (france().file_megabytes, france().video_megabytes, france().workspace_megabytes) == (60, 200, 4096)
    assert Event.objects.latest("pk").data == {"file_megabytes": "60"}
    for out in ({"file_megabytes": 0}, {"file_megabytes": 101}, {"video_megabytes": 501}, {"workspace_megabytes": 99}):
        with refused("megabytes_out_of_range"):
            set_policy(france(), actor=boss, **out)
    assert Event.objects.count() == 2


def test_a_country_may_want_two_assessors() -> None:
    boss = officer("FR", role="LEAD")
    assert set_label_policy(france(), actor=boss, assessors=2).country_id == "FR"
    assert (policy_of("FR").assessors, policy_of("PL").assessors) == (2, 1)
    set_label_policy(france(), actor=boss, assessors=2)
    assert Event.objects.get(kind="agency.label_policy_set").data == {"assessors": "2"}
    set_label_policy(france(), actor=central(), assessors=1, reason="They asked for it.")
    assert policy_of("FR").assessors == 1


def test_a_country_says_how_fast_labels_are_decided() -> None:
    boss = officer("FR", role="LEAD")
    assert policy_of("FR").target_working_days == 30
    set_label_policy(france(), actor=boss, target_working_days=10)
    assert (policy_of("FR").assessors, policy_of("FR").target_working_days) == (1, 10)
    assert Event.objects.get(kind="agency.label_policy_set").data == {"target_working_days": "10"}
    with time_machine.travel("2026-03-02T09:00:00Z", tick=False):
        sent = application()
    assert sent.due_at == clock.after_working_days(sent.state_since, 10)
    for days in (0, 121):
        with refused("working_days_out_of_range"):
            set_label_policy(france(), actor=boss, target_working_days=days)


def test_an_agency_says_how_it_is_reached() -> None:
    agency = Agency.objects.get(country="FR")
    edited = edit_agency(
        agency, actor=officer("FR", role="LEAD"), name="Agence  France", email="Contact@FR.example",
        web_site="https://fr.example",
    )  # fmt: skip
    assert (edited.name, edited.email, edited.web_site) == (
        "Agence France",
        "contact@fr.example",
        "https://fr.example",
    )
    assert Event.objects.get().kind == "agency.edited"


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("required", {"name": " "}),
        ("too_long", {"name": "x" * 161}),
        ("email_invalid", {"email": "nobody"}),
        ("link_not_web", {"web_site": "nowhere"}),
    ],
)
def test_what_an_agency_cannot_say(code: str, given: dict[str, Any]) -> None:
    with refused(code):
        edit_agency(Agency.objects.get(country="FR"), actor=officer("FR", role="LEAD"), **given)


def test_policies_within_bounds() -> None:
    boss = officer("FR", role="LEAD")
    for days in (0, 31):
        with refused("working_days_out_of_range"):
            set_policy(france(), actor=boss, target_working_days=days)
    with refused("code_unknown"):
        set_policy(france(), actor=boss, project_approval="NEVER")
    for assessors in (0, 3):
        with refused("assessors_out_of_range"):
            set_label_policy(france(), actor=boss, assessors=assessors)
    assert (france().target_working_days, france().approval, policy_of("FR").assessors) == (5, "MANUAL", 1)


def test_only_leads_settle_policies() -> None:
    agency = Agency.objects.get(country="FR")
    for actor in (officer("FR"), officer("PL", role="LEAD"), officer(None, role="VIEWER"), teacher("FR")):
        with refused("not_permitted"):
            set_policy(france(), actor=actor, target_working_days=9)
        with refused("not_permitted"):
            set_label_policy(france(), actor=actor, assessors=2)
        with refused("not_permitted"):
            edit_agency(agency, actor=actor, name="Mine")
    for rule in (
        lambda: set_policy(france(), actor=central(), target_working_days=9),
        lambda: set_label_policy(france(), actor=central(), assessors=2),
        lambda: edit_agency(agency, actor=central(), name="Theirs"),
    ):
        with refused("reason_missing"):
            rule()
