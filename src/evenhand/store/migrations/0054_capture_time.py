"""Timestamps of an authority outside over the hashes of captures."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "capture_time.sql"


class Migration(migrations.Migration):
    """A capture may have a timestamp, which never changes and goes with it."""

    dependencies = [("store", "0053_known")]

    operations = [
        migrations.CreateModel(
            name='CaptureTimeRow',
            fields=[
                ('capture', models.OneToOneField(db_column='id', on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='time', serialize=False, to='store.capturerow')),
                ('at', models.DateTimeField()),
                ('stamped_at', models.DateTimeField()),
                ('response', models.BinaryField()),
                ('certificates', models.TextField()),
            ],
            options={
                'db_table': 'capture_time',
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
