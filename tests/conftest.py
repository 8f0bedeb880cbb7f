"""Settings of the test run, and no silent skips where everything must run."""

import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import template

_skipped: list[str] = []
# Files of a minute and more: begun first, so that no worker is left alone with one at the end.
LONG = (
    "canary/test_walls.py", "dashboard/browser/test_pages.py", "test_writes.py", "canary/test_canary.py",
    "graphql_schema/counts/test_every_connection.py", "test_readme.py", "graphql_schema/limits/test_rows.py",
)  # fmt: skip


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    tests = Path(__file__).parent
    rank = {tests / name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: rank.get(item.path, len(LONG)))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(f"{report.nodeid}: {report.longrepr}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failure: nothing may quietly not run."""
    if os.environ.get("CI") and _skipped and not hasattr(session.config, "workerinput"):
        print("\nSkipped, which fails in CI:", *_skipped, sep="\n  ")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What tests counted, added up."""
    counted: Counter[str] = Counter()
    for report in terminalreporter.getreports("passed"):
        counted.update({name: value for name, value in report.user_properties if isinstance(value, int)})
    for name, number in sorted(counted.items()):
        terminalreporter.write_line(f"{number:>9,} {name}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A test that really writes empties the tables afterwards: bring back what the migrations put there."""
    yield
    if nextitem is None:
        return  # the database itself is gone
    marker = item.get_closest_marker("django_db")
    if (marker and marker.kwargs.get("transaction")) or "transactional_db" in getattr(item, "fixturenames", ()):
        from django.db import connection
        from pytest_django.plugin import blocking_manager_key

        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Django leaves the language of the last request in the thread: each test begins with the default."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture(scope="session", autouse=True)
def officers_give_their_code() -> None:
    """Django's `Client.force_login` knows nothing of second factors."""
    from django.test.client import ClientMixin

    from tests.support.codes import force_login_with_factor

    ClientMixin.force_login = force_login_with_factor


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, django_db_createdb: bool) -> None:
    """SQLite in a file, so that server processes of the tests read the same database."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        path = Path(os.environ["VAR_DIR"]) / f"test-{worker}.sqlite3"
        migrated = not django_db_createdb and template.copy_to(path)
        database["TEST"] = {**database.get("TEST", {}), "NAME": str(path), "MIGRATE": not migrated}


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_modify_db_settings: None) -> bool:
    """A copied database is not made anew; it goes with the run's folder."""
    from django.conf import settings

    copied = settings.DATABASES["default"].get("TEST", {}).get("MIGRATE") is False
    return copied or bool(request.config.getvalue("reuse_db"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3") and database["TEST"]["MIGRATE"]:
        template.keep(Path(database["TEST"]["NAME"]))
    yield
    with django_db_blocker.unblock():
        _end_other_sessions()


def _end_other_sessions() -> None:
    """Of threads that have ended with their loops: PostgreSQL drops no database that somebody has open."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session")
def shared_server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from tests.support.server import Server

    started = Server(tmp_path_factory.mktemp("server")).start()
    yield started
    started.stop()


@pytest.fixture
def server(transactional_db: None, django_db_serialized_rollback: None, shared_server: Any) -> Iterator[Any]:
    """A daphne process on the test's database, which is written for real and emptied afterwards."""
    yield shared_server
    time.sleep(0.3)  # what closed sockets had under way ends: TRUNCATE and a reader of two tables can deadlock


@pytest.fixture
def own_server(transactional_db: None, django_db_serialized_rollback: None, tmp_path: Path) -> Iterator[Any]:
    """The same for one test alone, which may stop it."""
    from tests.support.server import Server

    started = Server(tmp_path).start()
    yield started
    started.stop()
