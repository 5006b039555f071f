"""On which day each count came to be known, so that it can be given again as at any day."""

import uuid
from pathlib import Path

from django.db import migrations, models

import evenhand.store.retention

SQL = Path(__file__).parent.parent / "sql" / "known.sql"
TALLY = ["month", "counted", "role", "platform", "harm", "outcome", "known_on"]


class Migration(migrations.Migration):
    """Counts know since when they are known; how many people were on record is kept day by day."""

    dependencies = [("store", "0052_exports")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        migrations.AddField(
            "tallyrow", "known_on",
            models.DateField(db_default=evenhand.store.retention.KnownToday()),
        ),
        migrations.RemoveConstraint("tallyrow", "tally_once"),
        migrations.AddConstraint(
            "tallyrow", models.UniqueConstraint(fields=TALLY, name="tally_once")
        ),
        migrations.CreateModel(
            name='KnownSinceRow',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('day', models.DateField()),
            ],
            options={
                'db_table': '"machinery"."known_since"',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='PeopleKnownRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('system', models.TextField()),
                ('known_on', models.DateField()),
                ('records', models.IntegerField()),
                ('people', models.IntegerField()),
            ],
            options={
                'db_table': '"machinery"."people_known"',
                'managed': False,
            },
        ),
    ]
