"""The participating countries."""

from django.db import migrations

from backend.schools.countries import PARTICIPANTS


def load(apps, schema_editor):
    country = apps.get_model("schools", "Country")
    country.objects.bulk_create([country(code=code) for code in PARTICIPANTS], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("schools", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
