"""Many people go at once, and what is asked of each is asked once of all of them."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "together.sql"


class Migration(migrations.Migration):
    """Functions and triggers."""

    dependencies = [("store", "0063_figures")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
