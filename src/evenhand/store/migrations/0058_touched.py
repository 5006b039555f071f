"""What a settlement does is no part in a referral, and exporting it is one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "touched.sql"


class Migration(migrations.Migration):
    """A function alone."""

    dependencies = [("store", "0057_challenged")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
