"""Each part of what belongs to entries is held to the same part of the entries."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "parts.sql"


class Migration(migrations.Migration):
    """The partitions of the log, and their keys."""

    dependencies = [("store", "0006_rights_asked")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
