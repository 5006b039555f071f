"""What was assessed in a quarter stays counted when its records are disposed of."""

from pathlib import Path

from django.conf import settings
from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "assessed.sql"


class Migration(migrations.Migration):
    """Functions and triggers, and the counts of what there is."""

    dependencies = [("store", "0107_corrections_declined")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(
            [("SELECT machinery.count_assessed_before(%s)", [settings.TIME_ZONE])],
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
