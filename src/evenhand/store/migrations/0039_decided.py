"""What platforms decided and why they declined is counted, to know the desk's own errors."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "decided.sql"


class Migration(migrations.Migration):
    """An answer says why the platform declined, and as what it is counted."""

    dependencies = [("store", "0038_quiet")]

    operations = [
        migrations.AddField("answerrow", "why_declined", models.TextField(null=True)),
        migrations.AddField("answerrow", "counted_as", models.TextField(null=True)),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
