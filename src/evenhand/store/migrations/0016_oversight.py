"""Attempts that were refused, and the comparison of casework with the log."""

import uuid
from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "oversight.sql"


class Migration(migrations.Migration):
    """Attempts that were refused, and the comparison of casework with the log."""

    dependencies = [("store", "0010_pen")]
    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        migrations.CreateModel(
            name='ReconciliationRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField()),
                ('entries', models.BigIntegerField()),
                ('rows', models.BigIntegerField()),
                ('changes', models.BigIntegerField()),
                ('found', models.IntegerField()),
                ('differences', models.JSONField()),
            ],
            options={
                'db_table': '"machinery"."reconciliation"',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='LooksOfDayRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('why', models.TextField()),
                ('looks', models.BigIntegerField()),
                ('repeats', models.BigIntegerField()),
            ],
            options={
                'db_table': '"machinery"."looks_of_day"',
                'managed': False,
            },
        ),
    ]
