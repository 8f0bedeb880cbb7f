"""The questions of one database as JSON: `python -m bench.requests.asking`; with `tidy`, what was written is taken away.

A process of its own for each database, since Django knows one.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass

from bench.requests.questions import Question
from tests.faults.stand import ROOT


@dataclass(frozen=True)
class Asked:
    """What is asked of a database, and the tokens of those who ask."""

    database: str
    questions: list[Question]
    tokens: dict[str, str]


def environment(database: str) -> dict[str, str]:
    """For processes of ours: a database, and budgets that are reckoned and taken, but never reached."""
    return {
        **os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "backend.config.settings", "DATABASE_POOL": "8",
        "SECRET_KEY": "only-for-the-benchmark-" + "0" * 30, "DEBUG": "0", "HTTPS": "0", "COST_BUDGET": "1000000",
        "NODE_ENV": "production",
    }  # fmt: skip


def asked(database: str, only: list[str]) -> Asked:
    found = json.loads(_run(database))
    questions = [Question(**{**one, "peers": tuple(one["peers"])}) for one in found["questions"]]
    return Asked(database, [one for one in questions if not only or one.name in only], found["tokens"])


def tidy(database: str) -> None:
    _run(database, "tidy")


def _run(database: str, *more: str) -> bytes:
    command = [sys.executable, "-m", "bench.requests.asking", *more]
    return subprocess.run(command, cwd=ROOT, env=environment(database), stdout=subprocess.PIPE, check=True).stdout


if __name__ == "__main__":
    import django

    django.setup()

    from django.core.management import call_command

    from bench.requests import drawing

    call_command("migrate", verbosity=0)  # what was built before the last migration serves as well
    if "tidy" in sys.argv:
        drawing.tidy()
    else:
        every = [asdict(one) for one in drawing.questions()]
        json.dump({"questions": every, "tokens": drawing.tokens()}, sys.stdout, default=str)
