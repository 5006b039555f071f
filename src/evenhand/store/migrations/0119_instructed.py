"""Of what the registers of training and of instructions refuse, the database holds some as well."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "instructed.sql"


class Migration(migrations.Migration):
    """Functions and triggers, and nothing of what is stored."""

    dependencies = [("store", "0118_other_ends")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
