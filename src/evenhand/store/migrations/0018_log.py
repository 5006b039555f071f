"""The order of the log: indexes, how far tiles are written, checkpoints."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "log.sql"


class Migration(migrations.Migration):
    """The order of the log: indexes, how far tiles are written, checkpoints.

    Entries that are there already wait for their index like new ones.
    """

    dependencies = [("store", "0016_oversight")]
    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        migrations.CreateModel(
            name='LogStateRow',
            fields=[
                ('id', models.SmallIntegerField(primary_key=True, serialize=False)),
                ('written', models.BigIntegerField()),
                ('root', models.BinaryField()),
                ('fault', models.TextField(default='')),
                ('fault_since', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': '"machinery"."log_state"',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='LogIndexRow',
            fields=[
                ('index', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry', models.BigIntegerField(unique=True)),
            ],
            options={
                'db_table': '"machinery"."log_index"',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='LogPendingRow',
            fields=[
                ('turn', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry', models.BigIntegerField()),
            ],
            options={
                'db_table': '"machinery"."log_pending"',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='LogCheckpointRow',
            fields=[
                ('size', models.BigIntegerField(primary_key=True, serialize=False)),
                ('checkpoint', models.TextField()),
                ('signed_at', models.DateTimeField()),
                ('cosigned_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': '"machinery"."log_checkpoint"',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='LogWitnessRow',
            fields=[
                ('key', models.TextField(primary_key=True, serialize=False)),
                ('size', models.BigIntegerField(default=0)),
                ('heard_at', models.DateTimeField(null=True)),
                ('fault', models.TextField(default='')),
                ('fault_since', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': '"machinery"."log_witness"',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='LogKeyRow',
            fields=[
                ('key', models.TextField(primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
            ],
            options={
                'db_table': '"machinery"."log_key"',
                'managed': False,
            },
        ),
    ]
