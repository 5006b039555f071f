"""The register of training."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "training.sql"


class Migration(migrations.Migration):
    """A table that is only added to, and who approves children’s records by it."""

    dependencies = [("store", "0109_registers")]

    operations = [
        migrations.CreateModel(
            name='TrainingRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('course', models.TextField()),
                ('done_on', models.DateField()),
                ('valid_until', models.DateField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'db_table': 'training',
            },
        ),
        migrations.AddField(
            model_name='trainingrow',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow'),
        ),
        migrations.AddField(
            model_name='trainingrow',
            name='document',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accepted', to='store.documentrow'),
        ),
        migrations.AddField(
            model_name='trainingrow',
            name='officer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trainings', to='store.officerrow'),
        ),
        migrations.AddIndex(
            model_name='trainingrow',
            index=models.Index(fields=['officer', 'course', 'at'], name='training_of_an_officer'),
        ),
        migrations.AddConstraint(
            model_name='trainingrow',
            constraint=models.CheckConstraint(condition=models.Q(('course__in', ['children', 'data_protection', 'instructions'])), name='training_is_known'),
        ),
        migrations.AddConstraint(
            model_name='trainingrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('course', 'children'), _negated=True), models.Q(('valid_until__gte', models.F('done_on')), ('valid_until__lte', models.expressions.CombinedExpression(models.F('done_on'), '+', models.Value(731)))), _connector='OR'), name='training_children_in_time'),
        ),
        migrations.AddConstraint(
            model_name='trainingrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('course', 'data_protection'), _negated=True), models.Q(('valid_until__gte', models.F('done_on')), ('valid_until__lte', models.expressions.CombinedExpression(models.F('done_on'), '+', models.Value(366)))), _connector='OR'), name='training_data_protection_in_time'),
        ),
        migrations.AddConstraint(
            model_name='trainingrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('course', 'instructions'), _negated=True), models.Q(('valid_until__gte', models.F('done_on')), ('valid_until__lte', models.expressions.CombinedExpression(models.F('done_on'), '+', models.Value(365)))), _connector='OR'), name='training_instructions_in_time'),
        ),
        migrations.AddConstraint(
            model_name='trainingrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by', models.F('officer')), ('by__isnull', False), ('course', 'instructions'), ('document__isnull', False)), models.Q(models.Q(('course', 'instructions'), _negated=True), ('document__isnull', True), models.Q(('by__isnull', True), models.Q(('by', models.F('officer')), _negated=True), _connector='OR')), _connector='OR'), name='training_recorded_by_another'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
