"""Logs that were closed, and what is kept of them."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "new_log.sql"


class Migration(migrations.Migration):
    """Logs that were closed, and what is kept of them."""

    dependencies = [("store", "0045_captures")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        migrations.CreateModel(
            name='ClosedLogRow',
            fields=[
                ('id', models.SmallIntegerField(primary_key=True, serialize=False)),
                ('origin', models.TextField(unique=True)),
                ('size', models.BigIntegerField()),
                ('checkpoint', models.TextField()),
                ('continued_by', models.TextField(unique=True)),
                ('why', models.TextField()),
                ('at', models.DateTimeField()),
                ('entry', models.BigIntegerField()),
            ],
            options={
                'db_table': '"machinery"."log_closed"',
                'managed': False,
            },
        ),
        migrations.AddField(
            model_name='logkeyrow',
            name='closed',
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='logstaterow',
            name='is_closing',
            field=models.BooleanField(default=False),
        ),
    ]
