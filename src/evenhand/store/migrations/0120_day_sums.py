"""Days that are over are added up by months."""

import uuid
from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "day_sums.sql"


class Migration(migrations.Migration):
    """The table of sums, and until when days are added up: none are yet, the worker does it."""

    dependencies = [("store", "0119_instructed")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        migrations.AddField("knownsincerow", "added_up", models.DateField(null=True)),
        migrations.CreateModel(
            name="DaySumRow",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("counted", models.TextField()),
                ("month", models.DateField()),
                ("parts", models.TextField()),
                ("known_in", models.DateField()),
                ("number", models.BigIntegerField()),
            ],
            options={"db_table": '"machinery"."day_sum"', "managed": False},
        ),
    ]
