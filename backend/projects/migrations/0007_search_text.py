from typing import Any

from django.db import migrations, models

from backend.core.text import fold

BATCH = 2_000


def fill(apps: Any, schema_editor: Any) -> None:
    projects = apps.get_model("projects", "Project").objects
    rows = projects.order_by("pk").only("title", "summary")
    batch = list(rows[:BATCH])
    while batch:
        for project in batch:
            project.search_text = fold(f"{project.title} {project.summary}")
        projects.bulk_update(batch, ["search_text"])
        batch = list(rows.filter(pk__gt=batch[-1].pk)[:BATCH])


class Migration(migrations.Migration):
    dependencies = [("projects", "0006_answers_and_hand_overs_due")]

    operations = [
        migrations.AddField("project", "search_text", models.TextField(blank=True, default="", editable=False), preserve_default=False),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
