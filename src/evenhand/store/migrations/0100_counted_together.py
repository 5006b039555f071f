"""What goes together is counted out together."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "counted_together.sql"


class Migration(migrations.Migration):
    """Functions and triggers."""

    dependencies = [("store", "0092_assurance_forgotten")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
