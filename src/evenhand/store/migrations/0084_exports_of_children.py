"""What is exported about a child is approved by the data protection officer as well."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "exports_of_children.sql"


class Migration(migrations.Migration):
    """A second answer, constraints and a trigger."""

    dependencies = [("store", "0060_exports_step_by_step")]

    operations = [
        migrations.AddField(
            model_name='exportrow',
            name='child',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='exportrow',
            name='dpo_allowed',
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name='exportrow',
            name='dpo_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='exportrow',
            name='dpo_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow'),
        ),
        migrations.AddField(
            model_name='exportrow',
            name='dpo_why',
            field=evenhand.store.fields.SealedField(null=True),
        ),
        migrations.AddConstraint(
            model_name='exportrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dpo_allowed__isnull', True), ('dpo_at__isnull', True), ('dpo_by__isnull', True)), models.Q(('child', True), ('dpo_allowed__isnull', False), ('dpo_at__isnull', False), ('dpo_by__isnull', False)), _connector='OR'), name='export_of_a_child_is_answered_by_the_dpo'),
        ),
        migrations.AddConstraint(
            model_name='exportrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dpo_by', models.F('by')), _negated=True), models.Q(('dpo_by', models.F('answered_by')), _negated=True)), name='export_of_a_child_takes_three_officers'),
        ),
        migrations.AddConstraint(
            model_name='exportrow',
            constraint=models.CheckConstraint(condition=models.Q(('child', False), ('taken_at__isnull', True), models.Q(('dpo_allowed', True), ('dpo_allowed__isnull', False)), _connector='OR'), name='export_of_a_child_taken_once_the_dpo_allowed'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
