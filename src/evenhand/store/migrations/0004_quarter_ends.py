"""The last day of a quarter is closed whether or not something was counted on it."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """What is told of a quarter is settled once its last day is over."""

    dependencies = [("store", "0003_foi_ends")]

    operations = [
        migrations.RunSQL((SQL / "quarter_ends.sql").read_text(encoding="utf-8")),
    ]
