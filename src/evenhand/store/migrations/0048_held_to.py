"""The database refuses what only the rules refused; a restriction of who is not told can be lifted."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "held_to.sql"


class Migration(migrations.Migration):
    """Triggers alone."""

    dependencies = [("store", "0047_opening")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
