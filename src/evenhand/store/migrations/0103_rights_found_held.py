"""Every record that a request has found is held until the request is answered."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "rights_found_held.sql"


class Migration(migrations.Migration):
    """Two functions, and what a search did not take or cover."""

    dependencies = [("store", "0100_counted_together")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        migrations.AddField(
            model_name="rightssearchrow",
            name="more",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="rightsletterrow",
            name="not_searched",
            field=models.IntegerField(null=True),
        ),
    ]
