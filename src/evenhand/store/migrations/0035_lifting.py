"""The database holds when a restriction ends, as the rules do."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "lifting.sql"


class Migration(migrations.Migration):
    """Told before a contested record is used again; decided before one of which nobody had."""

    dependencies = [("store", "0034_purposes")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
