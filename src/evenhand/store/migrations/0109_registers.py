"""Registers of joint controllers and processors, instructions, and what is published on equality."""

from pathlib import Path

from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "documents_more.sql"


class Migration(migrations.Migration):
    """Further kinds of document."""

    dependencies = [("store", "0106_foi_held")]

    operations = [
        migrations.RemoveConstraint(
            model_name='documentrow',
            name='document_in_force_is_approved_for_a_year',
        ),
        migrations.RemoveConstraint(
            model_name='documentrow',
            name='document_has_all_its_parts',
        ),
        migrations.AddField(
            model_name='documentrow',
            name='arrangement',
            field=evenhand.store.fields.SealedField(null=True),
        ),
        migrations.AddField(
            model_name='documentrow',
            name='contracts',
            field=evenhand.store.fields.SealedField(null=True),
        ),
        migrations.AddField(
            model_name='documentrow',
            name='information',
            field=evenhand.store.fields.SealedField(null=True),
        ),
        migrations.AddField(
            model_name='documentrow',
            name='instructions',
            field=evenhand.store.fields.SealedField(null=True),
        ),
        migrations.AddField(
            model_name='documentrow',
            name='objectives',
            field=evenhand.store.fields.SealedField(null=True),
        ),
        migrations.AddField(
            model_name='documentrow',
            name='parties',
            field=evenhand.store.fields.SealedField(null=True),
        ),
        migrations.AddConstraint(
            model_name='documentrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dangers__isnull', False), ('description__isnull', False), ('kind', 'dpia'), ('measures__isnull', False), ('safeguards__isnull', False), ('residual__isnull', False)), models.Q(('kind', 'apd'), ('procedures__isnull', False), ('retention__isnull', False)), models.Q(('actions__isnull', False), ('aims__isnull', False), ('consultation__isnull', False), ('effects__isnull', False), ('kind', 'eia')), models.Q(('instructions__isnull', False), ('kind', 'instructions')), models.Q(('arrangement__isnull', False), ('kind', 'joint_controllers'), ('parties__isnull', False)), models.Q(('contracts__isnull', False), ('kind', 'processors'), ('parties__isnull', False)), models.Q(('information__isnull', False), ('kind', 'equality_information')), models.Q(('kind', 'equality_objectives'), ('objectives__isnull', False)), _connector='OR'), name='document_has_all_its_parts'),
        ),
        migrations.AddConstraint(
            model_name='documentrow',
            constraint=models.CheckConstraint(condition=models.Q(('in_force_from__isnull', True), models.Q(models.Q(('review_on__lte', models.expressions.CombinedExpression(models.F('in_force_from'), '+', models.Value(366))), models.Q(models.Q(('review_on__lte', models.expressions.CombinedExpression(models.F('in_force_from'), '+', models.Value(1461)))), ('kind', 'equality_objectives')), _connector='OR'), ('approved_at__isnull', False), ('approved_by__isnull', False), ('review_on__gt', models.F('in_force_from')), ('review_on__isnull', False)), _connector='OR'), name='document_in_force_is_approved_for_a_time'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
