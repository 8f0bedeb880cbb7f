"""Words inside the texts of a country's people who look for partners: on PostgreSQL by one index of both.

Nobody waits for it: it is built beside those who write. One that was left half built is thrown away first.
"""

from typing import Any

from django.db import migrations

PARTNER = "is_available AND kind = 'STAFF' AND state = 'VALIDATED'"


def add(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        for extension in ("pg_trgm", "btree_gin"):
            editor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        remove(apps, editor)
        editor.execute(
            "CREATE INDEX CONCURRENTLY person_partner_words ON accounts_person"
            f" USING gin (country_id, search_text gin_trgm_ops) WHERE {PARTNER}"
        )


def remove(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX CONCURRENTLY IF EXISTS person_partner_words")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("accounts", "0012_partners")]
    operations = [migrations.RunPython(add, remove)]
