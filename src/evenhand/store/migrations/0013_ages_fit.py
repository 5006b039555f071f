"""What is known of an age fits the day on which it is recorded, and a child stays one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "ages_fit.sql"


class Migration(migrations.Migration):
    """One file of SQL. What was recorded before stays as it is until it is put right."""

    dependencies = [("store", "0012_parts_alone")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
