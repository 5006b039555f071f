"""A day is closed only once it is over in UTC too, and with what was counted on it."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "days_closed.sql"


class Migration(migrations.Migration):
    """Functions only."""

    dependencies = [("store", "0122_after_an_error")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
