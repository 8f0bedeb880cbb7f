"""Events of reports tell no longer who reported; the reports themselves do, to who opens them."""

from typing import Any

from django.db import migrations


def forget_reporters(apps: Any, editor: Any) -> None:
    apps.get_model("eventlog", "Event").objects.filter(kind="report.made").update(actor=None)


class Migration(migrations.Migration):
    dependencies = (("moderation", "0004_evidence"), ("eventlog", "0002_receipts"))
    operations = (migrations.RunPython(forget_reporters, migrations.RunPython.noop),)
