"""Counts are also added up by each of their parts alone."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "parts_alone.sql"


class Migration(migrations.Migration):
    """One file of SQL: what was added up before is, too."""

    dependencies = [("store", "0011_rights_fit")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
