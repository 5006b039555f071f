"""What is held about a person is not destroyed."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "held.sql"


class Migration(migrations.Migration):
    """The database refuses to destroy what is held about a person."""

    dependencies = [("store", "0026_reporters")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
