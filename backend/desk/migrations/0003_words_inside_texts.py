"""Words are looked for inside texts: on PostgreSQL by trigrams, on SQLite by reading its few rows.

Nobody waits for the indexes: they are built beside those who write. One that was left half built is thrown away first.
"""

from typing import Any

from django.db import migrations

TABLES = ("accounts_person", "schools_school", "projects_project")


def add(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        for table in TABLES:
            editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {table}_words")
            editor.execute(f"CREATE INDEX CONCURRENTLY {table}_words ON {table} USING gin (search_text gin_trgm_ops)")


def remove(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        for table in TABLES:
            editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {table}_words")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("desk", "0002_notes"),
        ("accounts", "0008_versions"),
        ("schools", "0007_public_names_searched"),
        ("projects", "0007_search_text"),
    ]
    operations = [migrations.RunPython(add, remove)]
