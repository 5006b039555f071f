"""A restored desk stays closed until two people opened it."""

import datetime
import uuid
from pathlib import Path

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "opening.sql"


class Migration(migrations.Migration):
    """Restores, and the trigger that keeps casework off a closed desk."""

    dependencies = [("store", "0046_new_log")]

    operations = [
        migrations.CreateModel(
            name='RestorationRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('as_of', models.DateTimeField()),
                ('restored_at', models.DateTimeField()),
                ('tree_size', models.BigIntegerField(null=True)),
                ('tree_root', models.BinaryField(null=True)),
                ('lost', models.JSONField()),
                ('erased_again', models.IntegerField()),
                ('beyond', models.IntegerField()),
                ('clock_ran', models.BooleanField()),
                ('reason', evenhand.store.fields.SealedField(null=True)),
                ('proposed_at', models.DateTimeField(null=True)),
                ('opened_at', models.DateTimeField(null=True)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.recordkeyrow')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
            ],
            options={
                'db_table': 'restoration',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('proposed_at__isnull', True), ('proposed_by__isnull', True)), models.Q(('proposed_at__isnull', False), ('proposed_by__isnull', False), ('reason__isnull', False)), _connector='OR'), name='restoration_proposed_with_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('opened_at__isnull', True), ('opened_by__isnull', True)), models.Q(('opened_by__isnull', False), ('proposed_at__isnull', False), ('opened_at__gte', models.F('proposed_at')), ('opened_at__lte', django.db.models.expressions.CombinedExpression(models.F('proposed_at'), '+', models.Value(datetime.timedelta(days=3)))), models.Q(('opened_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='restoration_attested_by_another_in_time')],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
