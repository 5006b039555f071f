"""Documents in force, people told apart and joined, and whether they are told."""

import uuid
from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Documents in force, people told apart and joined, and whether they are told."""

    dependencies = [("store", "0020_people")]
    operations = [
        migrations.CreateModel(
            name='DocumentRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('number', models.IntegerField()),
                ('version', models.IntegerField(default=1)),
                ('stage', models.TextField()),
                ('description', evenhand.store.fields.SealedField(null=True)),
                ('dangers', evenhand.store.fields.SealedField(null=True)),
                ('measures', evenhand.store.fields.SealedField(null=True)),
                ('safeguards', evenhand.store.fields.SealedField(null=True)),
                ('procedures', evenhand.store.fields.SealedField(null=True)),
                ('retention', evenhand.store.fields.SealedField(null=True)),
                ('residual', models.TextField(null=True)),
                ('claims', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('written_at', models.DateTimeField()),
                ('advised_at', models.DateTimeField(null=True)),
                ('ico_advised_on', models.DateField(null=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('in_force_from', models.DateField(null=True)),
                ('review_on', models.DateField(null=True)),
                ('replaced_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.recordkeyrow')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
            ],
            options={
                'db_table': 'document_version',
            },
        ),
        migrations.CreateModel(
            name='DocumentWordRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('what', models.TextField()),
                ('text', evenhand.store.fields.SealedField()),
                ('at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='said', to='store.documentrow')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
            ],
            options={
                'db_table': 'document_word',
            },
        ),
        migrations.AddConstraint(
            model_name='documentrow',
            constraint=models.UniqueConstraint(fields=('kind', 'number'), name='document_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='documentrow',
            constraint=models.UniqueConstraint(condition=models.Q(('stage', 'in_force')), fields=('kind',), name='document_one_in_force'),
        ),
        migrations.AddConstraint(
            model_name='documentrow',
            constraint=models.UniqueConstraint(condition=models.Q(('stage__in', ['written', 'awaiting_ico'])), fields=('kind',), name='document_one_on_its_way'),
        ),
        migrations.AddConstraint(
            model_name='documentrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dangers__isnull', False), ('description__isnull', False), ('kind', 'dpia'), ('measures__isnull', False), ('safeguards__isnull', False), ('residual__isnull', False)), models.Q(('kind', 'apd'), ('procedures__isnull', False), ('retention__isnull', False)), _connector='OR'), name='document_has_all_its_parts'),
        ),
        migrations.AddConstraint(
            model_name='documentrow',
            constraint=models.CheckConstraint(condition=models.Q(('in_force_from__isnull', True), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('review_on__gt', models.F('in_force_from')), ('review_on__lte', django.db.models.expressions.CombinedExpression(models.F('in_force_from'), '+', models.Value(366)))), _connector='OR'), name='document_in_force_is_approved_for_a_year'),
        ),
        migrations.AddConstraint(
            model_name='documentrow',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('written_by')), _negated=True), _connector='OR'), name='document_approved_by_another'),
        ),
        migrations.AddConstraint(
            model_name='documentrow',
            constraint=models.CheckConstraint(condition=models.Q(('in_force_from__isnull', True), models.Q(('kind', 'dpia'), _negated=True), ('advised_at__isnull', False), _connector='OR'), name='document_advised_before_it_is_in_force'),
        ),
        migrations.AddConstraint(
            model_name='documentrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('residual', 'high'), _negated=True), ('ico_advised_on__isnull', False), models.Q(('in_force_from__isnull', True), models.Q(('stage__in', ['written', 'in_force']), _negated=True)), _connector='OR'), name='document_of_high_residual_waits_for_the_ico'),
        ),
        migrations.AddConstraint(
            model_name='documentrow',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['written', 'awaiting_ico', 'replaced']), models.Q(('in_force_from__isnull', False), ('stage', 'in_force')), _connector='OR'), name='document_stage_is_known'),
        ),
        migrations.AddConstraint(
            model_name='documentwordrow',
            constraint=models.CheckConstraint(condition=models.Q(('published_by__isnull', True), models.Q(('what', 'erratum'), models.Q(('published_by', models.F('by')), _negated=True)), _connector='OR'), name='document_word_published_by_another'),
        ),
        migrations.AddConstraint(
            model_name='documentwordrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('published_by__isnull', True)), models.Q(('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='document_word_published_by_somebody'),
        ),
        migrations.RunSQL((SQL / "assurance.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
