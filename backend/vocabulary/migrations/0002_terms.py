"""The codes of the vocabulary, as rows to link to."""

from django.db import migrations

from backend.vocabulary import codes


def load(apps, schema_editor):
    for name, values in (
        ("Subject", codes.Subject.values),
        ("Language", codes.Language.values),
        ("Competence", codes.Competence.values),
    ):
        model = apps.get_model("vocabulary", name)
        model.objects.bulk_create([model(code=code) for code in values], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("vocabulary", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
