"""The database refuses what is asked or told about somebody's own data without its reasons."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "rights_asked.sql"


class Migration(migrations.Migration):
    """One file of SQL."""

    dependencies = [("store", "0005_held_by_the_database")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
