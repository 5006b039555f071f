"""The log and the machinery, by SQL."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "ledger.sql"


class Migration(migrations.Migration):
    """Comes first: every later table is guarded."""

    initial = True
    dependencies = []
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)]
