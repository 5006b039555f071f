"""Since when each column is there, and until when those were that are gone."""

import uuid
from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "fields_known.sql"


class Migration(migrations.Migration):
    """A table that is written after each migration."""

    dependencies = [("store", "0061_day_counts")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        migrations.CreateModel(
            name="FieldKnownRow",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("its_table", models.TextField()),
                ("its_column", models.TextField()),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
            ],
            options={"db_table": '"machinery"."field_known"', "managed": False},
        ),
    ]
