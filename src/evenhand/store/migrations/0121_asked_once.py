"""What comes or goes in one statement is asked once whether it may."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "asked_once.sql"


class Migration(migrations.Migration):
    """Functions and a trigger."""

    dependencies = [("store", "0120_day_sums")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
