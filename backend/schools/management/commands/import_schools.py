"""manage.py import_schools: take a national register of schools, as often as you like."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from backend.schools.register.importing import Report, import_register
from backend.schools.register.report import write_report

T = TypeVar("T")


class Command(BaseCommand):
    help = "Take a national register of schools (CSV) into the database: all of it, or nothing if the file is bad."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--country", required=True, help="whose register it is, for instance FR")
        parser.add_argument("--schools-abroad", action="store_true", help="take the register's schools abroad too")
        parser.add_argument("--report", type=Path, help="write what became of each row to this file (CSV)")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")

    def handle(self, *, file: Path, country: str, **options: Any) -> None:
        console = Console()
        progress = Progress(console=console, transient=True, disable=not console.is_terminal)

        def watch(items: Iterable[T], what: str, total: int) -> Iterable[T]:
            return progress.track(items, total=total, description=what)

        try:
            with progress:
                report = import_register(
                    file, country=country.upper(), schools_abroad=options["schools_abroad"],
                    dry_run=options["dry_run"], watch=watch,
                )  # fmt: skip
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except ValidationError as error:
            raise CommandError(f"{file}: {' '.join(error.messages)}") from None
        console.print(_summary(report))
        if report.refused:
            console.print(_reasons(report))
        if options["report"]:
            write_report(report, options["report"])
            console.print(_("Each row's result is in %(file)s.") % {"file": options["report"]})
        if options["dry_run"]:
            console.print(_("Nothing was changed: this was a dry run."))


def _summary(report: Report) -> Table:
    table = Table(title=_("Schools"))
    for column in (_("rows"), _("new"), _("changed"), _("unchanged"), _("refused")):
        table.add_column(column, justify="right")
    table.add_row(*(f"{count:,}" for count in (report.rows, *report.counts.values())))
    return table


def _reasons(report: Report) -> Table:
    table = Table(title=_("Refused rows"))
    table.add_column(_("reason"))
    table.add_column(_("rows"), justify="right")
    table.add_column(_("for instance"))
    first = {refusal.code: refusal for refusal in reversed(report.refused)}
    for code, count in Counter(refusal.code for refusal in report.refused).most_common():
        example = first[code]
        where = _("row %(row)s, %(number)s: %(sentence)s")
        params = {"row": example.row, "number": example.official_number, "sentence": example.sentence}
        table.add_row(code, f"{count:,}", where % params)
    return table
