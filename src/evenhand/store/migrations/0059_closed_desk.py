"""On a closed desk is ended what was ended before, and no casework goes under another act's name."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "closed_desk.sql"


class Migration(migrations.Migration):
    """A trigger's function alone."""

    dependencies = [("store", "0058_touched")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
