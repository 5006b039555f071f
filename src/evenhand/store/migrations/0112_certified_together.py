"""Certificates of many who go come in one statement, and are counted in once."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "certified_together.sql"


class Migration(migrations.Migration):
    """Functions and triggers."""

    dependencies = [("store", "0111_rights_reviews")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
