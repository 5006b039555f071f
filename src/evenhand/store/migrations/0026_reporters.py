"""How a reporter is reached leaves in no package."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "reporters.sql"


class Migration(migrations.Migration):
    """The database refuses a package with the contact of a reporter."""

    dependencies = [("store", "0022_sharing")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
