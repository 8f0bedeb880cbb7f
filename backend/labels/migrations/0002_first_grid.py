"""The first grid."""

from django.db import migrations

from backend.labels.loading import load_grid


def load(apps, schema_editor):
    load_grid(apps, 1)


class Migration(migrations.Migration):
    dependencies = [("labels", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
