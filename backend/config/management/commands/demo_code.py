"""manage.py demo_code: what an officer of the demo types after the password."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from backend.config.demo.sign_ins import OFFICER


class Command(BaseCommand):
    help = "Print the code that an officer of the demo signs in with now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("login", nargs="?", default=OFFICER)

    def handle(self, *, login: str, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(_("DEBUG is off: codes come from the officers’ own apps."))
        device = TOTPDevice.objects.filter(user__login=login, confirmed=True).first()
        if device is None:
            raise CommandError(_("%(login)s has no second factor.") % {"login": login})
        clock = TOTP(device.bin_key, device.step, device.t0, device.digits)
        clock.drift = min(max(device.last_t + 1 - clock.t(), 0), device.tolerance)  # each code is good once
        self.stdout.write(f"{clock.token():06d}")
