"""People are held under Part 3 of the Data Protection Act 2018 alone."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "regime.sql"


class Migration(migrations.Migration):
    """A trigger alone."""

    dependencies = [("store", "0054_capture_time")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
