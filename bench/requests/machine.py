"""What a run was made on."""

import json
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

import psutil
import psycopg

from bench.requests.servers import COMMANDS, POSTGRAPHILE

PACKAGES = ("django", "strawberry-graphql", "strawberry-graphql-django", "graphql-core", "daphne", "psycopg", "uvicorn")
TABLES = ("accounts_person", "schools_school", "projects_project", "workspaces_workspace", "workspaces_post")


def machine() -> str:
    memory = psutil.virtual_memory().total / 2**30
    return f"{_processor()}, {psutil.cpu_count()} cores, {memory:.0f} GB, Linux {platform.release()}"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def versions(database: str) -> str:
    found = [f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in PACKAGES)]
    with psycopg.connect(database) as connection:
        found.append(f"PostgreSQL {connection.info.server_version // 10_000}.{connection.info.server_version % 10_000}")
    package = POSTGRAPHILE / "node_modules/postgraphile/package.json"
    if package.exists():
        node = subprocess.run([COMMANDS["postgraphile"][0], "--version"], capture_output=True, text=True, check=True)
        found += [f"Node {node.stdout.strip()}", f"PostGraphile {json.loads(package.read_text())['version']}"]
    return ", ".join(found)


def size(database: str) -> str:
    """How much the database holds."""
    with psycopg.connect(database) as connection:
        rows = [f"{_count(connection, table):,} {table.partition('_')[2]}" for table in TABLES]
        found = connection.execute("SELECT pg_size_pretty(pg_database_size(current_database()))").fetchone()
    return f"{', '.join(rows)}; {found[0] if found else ''}"


def people(database: str) -> int:
    with psycopg.connect(database) as connection:
        return _count(connection, "accounts_person")


def _count(connection: psycopg.Connection, table: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(found[0]) if found else 0
