"""A second factor: set up, given, replaced, given up and taken away."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django_otp.plugins.otp_totp.models import TOTPDevice

from backend.accounts import actions
from backend.accounts.models import AccessToken, Person, RecoveryCode
from backend.accounts.second_factor import CHALLENGE_LIFE, challenge, check_code, device_of, new_recovery_codes
from backend.accounts.sign_in import issue_token, person_of_token, token_proof
from backend.agencies.actions import reset_second_factor
from backend.agencies.permissions import appointment
from backend.core import clock
from backend.eventlog.models import Event
from tests.factories.people import central, officer, teacher
from tests.factories.projects import pupil, workspace
from tests.support.codes import code_of, fresh_code
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def protected(country: str = "FR") -> Person:
    person = teacher(country)
    TOTPDevice.objects.create(user=person)
    return person


def test_setting_one_up_ends_what_was_open_without_it(django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    person = teacher("FR")
    here, elsewhere = issue_token(person), issue_token(person)
    device = actions.set_up_second_factor(person)
    assert device_of(person) is None
    with django_capture_on_commit_callbacks(execute=True):
        _, codes = actions.activate_second_factor(person, code=code_of(device), keep=token_proof(here))
    assert device_of(person) == device
    assert person_of_token(here) == person
    assert person_of_token(elsewhere) is None
    assert len(codes) == 10
    assert Event.objects.latest("id").kind == "factor.activated"
    assert mail.outbox[-1].to == [person.email]
    kept = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert not any(code in digest for code in codes for digest in kept)
    with refused("second_factor_set"):
        actions.set_up_second_factor(person)
    with refused("second_factor_set"):
        actions.activate_second_factor(person, code=code_of(device))


def test_it_counts_with_the_first_code_only() -> None:
    person = teacher("FR")
    with refused("second_factor_missing"):
        actions.activate_second_factor(person, code="123456")
    actions.set_up_second_factor(person)
    with refused("code_wrong"):
        actions.activate_second_factor(person, code="000000")
    assert device_of(person) is None
    with refused("second_factor_missing"):
        actions.remove_second_factor(person, code="000000")


def test_pupils_have_none() -> None:
    room = workspace()
    child = pupil(room, actor=room.project.founders[0].person)
    with refused("not_permitted"):
        actions.set_up_second_factor(child)
    assert not TOTPDevice.objects.filter(user=child).exists()


def test_a_code_is_taken_once_and_for_a_minute() -> None:
    person = protected()
    device = device_of(person)
    with time_machine.travel(1_800_000_000, tick=False) as traveller:
        code = code_of(device)
        check_code(person, code)
        with refused("code_wrong"):
            check_code(person, code)
        traveller.shift(30)
        late = code_of(device)
        traveller.shift(30)
        check_code(person, late)
        early = code_of(device)
        traveller.shift(90)
        with refused("code_wrong"):
            check_code(person, early)


def test_at_most_five_checks_in_five_minutes() -> None:
    person = protected()
    with time_machine.travel(1_800_000_000, tick=False) as traveller:
        for code in ("000000", "00000a", "aaaaaaaaaa", "", "111111"):
            with refused("code_wrong"):
                check_code(person, code)
        with refused("too_many_attempts"):
            check_code(person, fresh_code(person.login))
        traveller.shift(timedelta(minutes=5, seconds=1))
        assert check_code(person, fresh_code(person.login)) is False


def test_a_challenge_lasts_five_minutes_and_as_long_as_the_password() -> None:
    person = protected()
    with time_machine.travel(1_800_000_000, tick=False) as traveller:
        asked = challenge(person, wants_token=True)
        challenged, device = actions.confirm_second_factor(asked, code=fresh_code(person.login))
        assert (challenged.person, challenged.wants_token, device) == (person, True, device_of(person))
        traveller.shift(CHALLENGE_LIFE + 1)
        with refused("sign_in_expired"):
            actions.confirm_second_factor(asked, code=fresh_code(person.login))
        asked = challenge(person)
        person.set_password("another-harbour-wall")
        person.save()
        with refused("sign_in_expired"):
            actions.confirm_second_factor(asked, code=fresh_code(person.login))


def test_a_recovery_code_is_told_by_letter(django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    person = protected()
    codes = new_recovery_codes(person)
    with django_capture_on_commit_callbacks(execute=True):
        actions.confirm_second_factor(challenge(person), code=codes[3])
    assert "9 more are left" in mail.outbox[-1].body
    assert Event.objects.latest("id").kind == "factor.recovered"
    with refused("code_wrong"):
        actions.confirm_second_factor(challenge(person), code=codes[3])


def test_removing_signs_out_everywhere() -> None:
    person = protected()
    token = issue_token(person, is_proved=True)
    new_recovery_codes(person)
    with refused("code_wrong"):
        actions.remove_second_factor(person, code="000000")
    actions.remove_second_factor(person, code=fresh_code(person.login))
    assert (TOTPDevice.objects.count(), RecoveryCode.objects.count()) == (0, 0)
    assert person_of_token(token) is None
    assert Event.objects.latest("id").kind == "factor.removed"


def test_who_resets_whose(django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    lead, other_lead, desk = officer("FR", role="LEAD"), officer("FR", role="LEAD"), officer("FR")
    abroad, ana, css = officer("DE", role="LEAD"), protected(), central()
    for actor, person in (
        (desk, lead), (desk, officer("FR")), (lead, other_lead), (lead, lead), (abroad, desk), (abroad, ana),
        (css, css), (officer("FR", role="VIEWER"), ana),
    ):  # fmt: skip
        with refused("not_permitted"):
            reset_second_factor(person, actor=actor, reason="Lost it")
        assert device_of(person) is not None
    with refused("reason_missing"):
        reset_second_factor(desk, actor=lead, reason=" ")
    for actor, person in ((lead, desk), (css, lead), (desk, ana)):
        if not device_of(actor):
            TOTPDevice.objects.create(user=actor)
        token = issue_token(person, is_proved=True)
        with django_capture_on_commit_callbacks(execute=True):
            reset_second_factor(person, actor=actor, reason="The telephone fell into a lake")
        assert device_of(person) is None
        assert person_of_token(token) is None
        assert "fell into a lake" in mail.outbox[-1].body
        assert Event.objects.latest("id").kind == "factor.reset"
        with refused("second_factor_missing"):
            reset_second_factor(person, actor=actor, reason="Again")


def test_an_officer_without_one_answers_for_nothing() -> None:
    desk = officer("FR", second_factor=False)
    found = person_of_token(issue_token(desk))
    assert found is not None
    assert found.needs_second_factor
    assert not found.oversees
    assert appointment(found) is None
    with refused("second_factor_needed"):
        actions.create_token(found, name="Portal", days=5)
    assert AccessToken.objects.filter(name="Portal").count() == 0
    proved = person_of_token(issue_token(desk, is_proved=True))
    assert proved is not None
    assert proved.oversees.covers("FR")
    _, secret = actions.create_token(proved, name="Portal", days=5)
    again = person_of_token(secret)
    assert again is not None
    assert again.oversees.covers("FR")
    assert clock.now() < AccessToken.objects.get(name="Portal").expires_at
