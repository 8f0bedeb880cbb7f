"""manage.py demo: a small believable Europe, and who to sign in as."""

from argparse import ArgumentParser
from itertools import groupby
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from backend.accounts.models import Person
from backend.config.demo.build import fill
from backend.config.demo.figures import play_figures
from backend.config.demo.ground.world import World
from backend.config.demo.letters import FOLDER, letters_kept
from backend.config.demo.sign_ins import PASSWORD, SECRET, SIGN_INS


class Command(BaseCommand):
    help = "Fill an empty database with demo data and print the sign-ins. A database with people in it is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=2005, help="the same seed makes the same names and titles")
        parser.add_argument("--scale", type=float, default=1.0, help="1 is about 4,000 staff and 1,200 projects")
        parser.add_argument("--force", action="store_true", help="even where DEBUG is off: the passwords are public")

    def handle(self, *, seed: int, scale: float, force: bool, **options: Any) -> None:
        if not (settings.DEBUG or force):
            raise CommandError(_("DEBUG is off. The demo's passwords are public; use --force if you mean it."))
        console = Console()
        if Person.objects.exists():
            console.print(_("There are people in this database already; it stays as it is."))
        else:
            self.fill(console, World(seed, scale))
        console.print(sign_ins())
        console.print(
            _("Officers also give a code, which this prints: %(command)s")
            % {"command": "DEBUG=1 .venv/bin/python manage.py demo_code officer.fr@agency.example"}
        )
        console.print(_("Or type this secret into an authenticator app: %(secret)s") % {"secret": SECRET})

    def fill(self, console: Console, world: World) -> None:
        started = monotonic()
        columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task(_("Filling the database"), total=None)
            with letters_kept(settings.VAR / FOLDER):
                for done in fill(world):
                    progress.update(task, description=done)
                play_figures()
        console.print(_("The demo is ready after %(seconds).0f s.") % {"seconds": monotonic() - started})
        console.print(_("The letters it wrote are in %(folder)s.") % {"folder": settings.VAR / FOLDER})


def sign_ins() -> Table:
    title = _("Sign in as … The password is always %(password)s") % {"password": PASSWORD}
    table = Table(title=title, title_justify="left", box=SIMPLE)
    table.add_column(_("name"), no_wrap=True)
    table.add_column(_("who and what"))
    for face, group in groupby(SIGN_INS, key=lambda sign_in: sign_in.face):
        table.add_row(f"[bold]{settings.SITE_URL}{face}", end_section=False)
        for sign_in in group:
            table.add_row(sign_in.login or "–", f"{sign_in.role}: {sign_in.sees}")
        table.add_section()
    return table
