from typing import Any

from django.db import migrations, models

from backend.core.text import fold

BATCH = 2_000


def search_text_of(name: str, town: str, public_name: str) -> str:
    known, public = fold(name), fold(public_name)
    return " ".join(part for part in (known, "" if public in known else public, fold(town)) if part)


def find_by_public_name(apps: Any, schema_editor: Any) -> None:
    schools = apps.get_model("schools", "School").objects
    rows = schools.exclude(public_name="").order_by("pk").only("name", "town", "public_name", "search_text")
    batch = list(rows[:BATCH])
    while batch:
        changed = []
        for school in batch:
            text = search_text_of(school.name, school.town, school.public_name)
            if text != school.search_text:
                school.search_text = text
                changed.append(school)
        schools.bulk_update(changed, ["search_text"])
        batch = list(rows.filter(pk__gt=batch[-1].pk)[:BATCH])


class Migration(migrations.Migration):
    dependencies = [("schools", "0006_upload_limits")]

    operations = [
        migrations.AlterField(
            "school", "search_text", models.CharField(max_length=560, blank=True, editable=False)
        ),
        migrations.RunPython(find_by_public_name, migrations.RunPython.noop),
    ]
