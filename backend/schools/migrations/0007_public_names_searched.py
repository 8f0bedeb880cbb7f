from typing import Any

from django.db import migrations, models

from backend.schools.models import search_text_of

BATCH = 1000


def find_by_public_name(apps: Any, schema_editor: Any) -> None:
    School = apps.get_model("schools", "School")
    named = School.objects.exclude(public_name="").only("name", "town", "public_name", "search_text")
    changed = []
    for school in named.iterator(BATCH):
        text = search_text_of(school.name, school.town, school.public_name)
        if text != school.search_text:
            school.search_text = text
            changed.append(school)
    School.objects.bulk_update(changed, ["search_text"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("schools", "0006_upload_limits")]

    operations = [
        migrations.AlterField(
            "school", "search_text", models.CharField(max_length=560, blank=True, editable=False)
        ),
        migrations.RunPython(find_by_public_name, migrations.RunPython.noop),
    ]
