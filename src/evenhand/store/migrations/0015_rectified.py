"""What is restricted as evidence is held, and a changed role puts right what somebody asked of."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "rectified.sql"


class Migration(migrations.Migration):
    """One file of SQL."""

    dependencies = [("store", "0014_pairs_fit")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
