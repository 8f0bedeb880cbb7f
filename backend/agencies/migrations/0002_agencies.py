"""One agency for each country, and the central service."""

from babel import Locale
from django.db import migrations


def load(apps, schema_editor):
    agency = apps.get_model("agencies", "Agency")
    names = Locale("en").territories
    for country in apps.get_model("schools", "Country").objects.all():
        name = f"National support organisation, {names[country.pk]}"
        agency.objects.get_or_create(country=country, defaults={"name": name})
    agency.objects.get_or_create(country=None, defaults={"name": "Central support service"})


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial"), ("schools", "0002_countries")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
