"""What an entry costs."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "pen.sql"


class Migration(migrations.Migration):
    """The log's CHECK and its index function, quicker and no weaker."""

    dependencies = [("store", "0009_handover")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)]
