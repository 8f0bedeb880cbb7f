"""Fills one table after the other."""

from collections.abc import Iterable
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.models import Model
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bench.data import life, people, rooms
from bench.data.copying import Table, without_indexes
from bench.data.scale import Scale


class Filling:
    """Migrates, empties, copies, builds the indexes, analyses."""

    def __init__(self, scale: Scale, console: Console) -> None:
        self.scale, self.console = scale, console

    def run(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        call_command("migrate", verbosity=0)
        columns = (
            TextColumn("{task.description:32}"),
            BarColumn(),
            TextColumn("{task.completed:>10,.0f}"),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=self.console) as self.progress:
            with without_indexes(self.step):
                with connection.cursor() as cursor:
                    cursor.execute("SET synchronous_commit = off")
                for area in (people, life, rooms):
                    for model, rows, expected in area.tables(self.scale):
                        self.fill(model, rows, expected)
            self.analyse()
        people.appoint_officers(self.scale)

    def fill(self, model: type[Model], rows: Iterable[dict[str, Any]], expected: int) -> None:
        task = self.progress.add_task(str(model._meta.verbose_name_plural), total=expected)
        for written in Table(model).copy(rows):
            self.progress.update(task, completed=written)
        self.progress.update(task, total=written)

    def step(self, name: str, done: int, total: int) -> None:
        """Tells how far the building of indexes is."""
        if done == 0:
            self._task = self.progress.add_task(name, total=total)
        self.progress.update(self._task, completed=done)

    def analyse(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
