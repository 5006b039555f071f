"""What a request for information is about is held while a review can follow."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "foi_held.sql"


class Migration(migrations.Migration):
    """Two functions with their triggers."""

    dependencies = [("store", "0105_foi_replies")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
