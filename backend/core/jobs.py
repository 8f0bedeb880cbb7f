"""Commands of cron: what each did last is kept, so that the central service sees that they run."""

from datetime import timedelta
from typing import Any, ClassVar

from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from backend.core import clock
from backend.core.models import JobRun

RESULT_LIMIT = 400


class Job(BaseCommand):
    """`handle` returns what it did, in a sentence; `every` is how often cron should run it at least."""

    every: ClassVar[timedelta] = timedelta(days=1)

    def execute(self, *args: Any, **options: Any) -> str | None:
        started = clock.now()
        try:
            result = super().execute(*args, **options)
        except Exception as error:
            self._keep(started_at=started, finished_at=clock.now(), result=_first_line(error), has_failed=True)
            raise
        self._keep(started_at=started, finished_at=clock.now(), result=(result or "")[:RESULT_LIMIT], has_failed=False)
        return result

    def _keep(self, **run: Any) -> None:
        JobRun.objects.update_or_create(name=self.__module__.rpartition(".")[2], defaults=run)


def known_jobs() -> dict[str, type[Job]]:
    """Every command that is a job, by its name."""
    ours = {name: app for name, app in get_commands().items() if str(app).startswith("backend.")}
    loaded = {name: type(load_command_class(str(app), name)) for name, app in sorted(ours.items())}
    return {name: command for name, command in loaded.items() if issubclass(command, Job)}


def _first_line(error: Exception) -> str:
    """Its kind, and what it says of itself; a database's error may quote rows."""
    said = "" if isinstance(error, DatabaseError) else str(error).partition("\n")[0]
    return f"{type(error).__name__}: {said}"[:RESULT_LIMIT]
