"""Each part of the changes is held to the part of the entries with the same numbers."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "parts.sql"


class Migration(migrations.Migration):
    """A key between tables, part by part."""

    dependencies = [("store", "0089_known_refusals")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
