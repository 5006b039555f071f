"""Who was disposed of lately is known by a keyed hash, so that nobody quietly records them anew."""

import uuid
from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "traces.sql"


class Migration(migrations.Migration):
    """The traces of who was disposed of, and the one of who is proposed."""

    dependencies = [("store", "0031_going")]

    operations = [
        migrations.CreateModel(
            name='TraceRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('trace', models.BinaryField()),
                ('day', models.DateField()),
            ],
            options={
                'db_table': 'disposed_trace',
                'indexes': [
                    models.Index(fields=['trace', 'day'], name='disposed_trace_found'),
                    models.Index(fields=['day'], name='disposed_trace_by_day'),
                ],
            },
        ),
        migrations.AddField(
            model_name='personrow',
            name='trace',
            field=models.BinaryField(null=True),
        ),
        migrations.AddConstraint(
            model_name='personrow',
            constraint=models.CheckConstraint(condition=models.Q(('trace__isnull', True), ('standing', 'proposed'), _connector='OR'), name='person_traced_while_proposed'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
