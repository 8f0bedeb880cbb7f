"""What staff are found by, for those who are there already, and on PostgreSQL the index of its words, instead of that of
their own. Country by country, and the index beside those who write: nobody waits for either.
"""

from typing import Any

from django.db import migrations
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Concat

PARTNER = "is_available AND kind = 'STAFF' AND state = 'VALIDATED'"
STAFF = "kind = 'STAFF' AND state = 'VALIDATED'"
INDEXES = {"person_found_by": STAFF, "person_partner_found_by": PARTNER}


def fill(apps: Any, editor: Any) -> None:
    Person, School = apps.get_model("accounts", "Person"), apps.get_model("schools", "School")
    words, region = (School.objects.filter(pk=OuterRef("school")).values(name)[:1] for name in ("search_text", "region"))
    Person.objects.filter(kind="STAFF", school=None).update(found_by=F("search_text"))
    for country in apps.get_model("schools", "Country").objects.values_list("pk", flat=True):
        staff = Person.objects.filter(country=country, kind="STAFF", school__isnull=False)
        staff.update(found_by=Concat(F("search_text"), Value(" "), Subquery(words)), found_in=Subquery(region))


def add(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        remove(apps, editor)
        for name, condition in INDEXES.items():
            editor.execute(
                f"CREATE INDEX CONCURRENTLY {name} ON accounts_person"
                f" USING gin (country_id, found_by gin_trgm_ops) WHERE {condition}"
            )
        editor.execute("DROP INDEX CONCURRENTLY IF EXISTS person_partner_words")


def remove(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        for name in INDEXES:
            editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("accounts", "0015_found_by"), ("schools", "0011_regions")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop), migrations.RunPython(add, remove)]
