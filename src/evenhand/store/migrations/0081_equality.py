"""The equality tally: counts that no record can be joined to."""

import uuid
from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "equality.sql"


class Migration(migrations.Migration):
    """A table of machinery, only added to."""

    dependencies = [("store", "0080_eia")]

    operations = [
        migrations.CreateModel(
            name='EqualityTallyRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('quarter', models.DateField()),
                ('part', models.TextField()),
                ('basis', models.TextField()),
                ('answer', models.TextField()),
                ('number', models.IntegerField()),
            ],
            options={
                'db_table': '"machinery"."equality_tally"',
                'managed': False,
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
