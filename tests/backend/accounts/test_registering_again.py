"""Registering an address again before it is confirmed: whose form holds, and which link confirms it."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError

from backend.accounts.actions import confirm_email, register_teacher
from backend.accounts.models import Person, PersonState
from backend.accounts.registration import confirmation_token
from backend.core import clock
from tests.backend.accounts.test_registration import FORM, codes

pytestmark = pytest.mark.django_db


def test_nobody_puts_another_password_under_a_fresh_registration(django_capture_on_commit_callbacks: Any) -> None:
    first = register_teacher(**FORM)
    assert first
    with django_capture_on_commit_callbacks(execute=True):
        assert register_teacher(**{**FORM, "given_name": "Anna", "password": "vento-e-mar-azul"}) is None
    (letter,) = mail.outbox
    (link,) = re.findall(r"token=(\S+)", letter.body)
    person = confirm_email(link)
    assert (person, person.given_name, person.state) == (first, FORM["given_name"].strip(), PersonState.PENDING)
    assert person.check_password(FORM["password"])


def test_registering_again_before_confirming_sends_a_new_link(django_capture_on_commit_callbacks: Any) -> None:
    first = register_teacher(**FORM)
    assert first
    old, again = confirmation_token(first), {**FORM, "given_name": "Anna", "password": "vento-e-mar-azul"}
    with time_machine.travel(clock.now() + timedelta(days=29), tick=False):
        with django_capture_on_commit_callbacks(execute=True):
            assert register_teacher(**again) is None
        (letter,) = mail.outbox
        assert letter.subject == "Please confirm your e-mail address"
        with pytest.raises(ValidationError) as refused:  # of another form
            confirm_email(old)
        assert codes(refused.value) == {"token": "link_invalid"}
        person = Person.objects.get()
        assert (person.pk, person.given_name, person.state_since) == (first.pk, "Anna", clock.now())
        (link,) = re.findall(r"token=(\S+)", letter.body)
        assert confirm_email(link).state == PersonState.PENDING
        assert person.check_password("vento-e-mar-azul")
