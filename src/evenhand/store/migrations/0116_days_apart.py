"""How many days a decision took is counted apart."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "days_apart.sql"


class Migration(migrations.Migration):
    """One function, and what was counted."""

    dependencies = [("store", "0112_certified_together")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
