"""Documents in force, people told apart and joined, and whether they are told."""

import datetime
import uuid
from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Documents in force, people told apart and joined, and whether they are told."""

    dependencies = [("store", "0025_waiting")]
    operations = [
        migrations.CreateModel(
            name='CombinationRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('standing', models.TextField()),
                ('reason', evenhand.store.fields.SealedField(null=True)),
                ('decided_at', models.DateTimeField()),
                ('answer', evenhand.store.fields.SealedField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('undone_because', evenhand.store.fields.SealedField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.personrow')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.personrow')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
            ],
            options={
                'db_table': 'combination',
                'indexes': [
                    models.Index(fields=['standing', 'decided_at'], name='combination_waiting'),
                ],
                'constraints': [
                    models.UniqueConstraint(django.db.models.functions.comparison.Least('first', 'second'), django.db.models.functions.comparison.Greatest('first', 'second'), condition=models.Q(('standing__in', ['proposed', 'joined'])), name='combination_of_a_pair_once'),
                    models.CheckConstraint(condition=models.Q(('first', models.F('second')), _negated=True), name='combination_of_two'),
                    models.CheckConstraint(condition=models.Q(models.Q(('standing__in', ['apart', 'proposed']), ('answered_at__isnull', True), ('answered_by__isnull', True), ('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('standing__in', ['refused', 'joined']), ('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('answered_by', models.F('decided_by')), _negated=True), ('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('standing', 'undone'), ('undone_at__isnull', False), ('undone_at__lte', django.db.models.expressions.CombinedExpression(models.F('answered_at'), '+', models.Value(datetime.timedelta(days=28)))), ('undone_by__isnull', False), ('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('answered_by', models.F('decided_by')), _negated=True)), _connector='OR'), name='combination_by_two_officers'),
                ],
            },
        ),
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
                'constraints': [
                    models.UniqueConstraint(fields=('kind', 'number'), name='document_numbered_once'),
                    models.UniqueConstraint(condition=models.Q(('stage', 'in_force')), fields=('kind',), name='document_one_in_force'),
                    models.UniqueConstraint(condition=models.Q(('stage__in', ['written', 'awaiting_ico'])), fields=('kind',), name='document_one_on_its_way'),
                    models.CheckConstraint(condition=models.Q(models.Q(('dangers__isnull', False), ('description__isnull', False), ('kind', 'dpia'), ('measures__isnull', False), ('safeguards__isnull', False), ('residual__isnull', False)), models.Q(('kind', 'apd'), ('procedures__isnull', False), ('retention__isnull', False)), _connector='OR'), name='document_has_all_its_parts'),
                    models.CheckConstraint(condition=models.Q(('in_force_from__isnull', True), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('review_on__gt', models.F('in_force_from')), ('review_on__isnull', False), ('review_on__lte', django.db.models.expressions.CombinedExpression(models.F('in_force_from'), '+', models.Value(366)))), _connector='OR'), name='document_in_force_is_approved_for_a_year'),
                    models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('written_by')), _negated=True), _connector='OR'), name='document_approved_by_another'),
                    models.CheckConstraint(condition=models.Q(('in_force_from__isnull', True), models.Q(('kind', 'dpia'), _negated=True), ('advised_at__isnull', False), _connector='OR'), name='document_advised_before_it_is_in_force'),
                    models.CheckConstraint(condition=models.Q(models.Q(('residual', 'high'), _negated=True), ('ico_advised_on__isnull', False), models.Q(('in_force_from__isnull', True), models.Q(('stage__in', ['written', 'in_force']), _negated=True)), _connector='OR'), name='document_of_high_residual_waits_for_the_ico'),
                    models.CheckConstraint(condition=models.Q(('stage__in', ['written', 'awaiting_ico', 'replaced']), models.Q(('in_force_from__isnull', False), ('stage', 'in_force')), _connector='OR'), name='document_stage_is_known'),
                ],
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
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('published_by__isnull', True), models.Q(('what', 'erratum'), models.Q(('published_by', models.F('by')), _negated=True)), _connector='OR'), name='document_word_published_by_another'),
                    models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('published_by__isnull', True)), models.Q(('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='document_word_published_by_somebody'),
                ],
            },
        ),
        migrations.CreateModel(
            name='NotifyDecisionRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('telling', models.TextField()),
                ('ground', models.TextField(null=True)),
                ('reasons', evenhand.store.fields.SealedField(null=True)),
                ('lawyer', evenhand.store.fields.SealedField(null=True)),
                ('letter', evenhand.store.fields.SealedField(null=True)),
                ('decided_at', models.DateTimeField()),
                ('decided_on', models.DateField()),
                ('review_on', models.DateField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('replaced_at', models.DateTimeField(null=True)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='store.personrow')),
            ],
            options={
                'db_table': 'notify_decision',
                'indexes': [
                    models.Index(condition=models.Q(('replaced_at__isnull', True), ('review_on__isnull', False)), fields=['review_on'], name='notify_decision_by_review'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('person',), name='notify_decision_one_current'),
                    models.CheckConstraint(condition=models.Q(models.Q(('ground__isnull', True), ('review_on__isnull', True), ('telling', 'tell')), models.Q(('ground__in', ['crime', 'inquiry', 'legal_privilege', 'public_security', 'rights_of_others']), ('ground__isnull', False), ('review_on__gt', models.F('decided_on')), ('review_on__isnull', False), ('review_on__lte', django.db.models.expressions.CombinedExpression(models.F('decided_on'), '+', models.Value(90))), ('telling', 'restrict')), _connector='OR'), name='notify_decision_has_ground_and_review'),
                    models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('telling', 'restrict'), models.Q(('confirmed_by', models.F('decided_by')), _negated=True)), _connector='OR'), name='notify_decision_confirmed_by_another'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PeopleCountRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('system', models.TextField(unique=True)),
                ('records', models.IntegerField()),
                ('people', models.IntegerField()),
            ],
            options={
                'db_table': 'people_count',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('people__gte', 0), ('people__lte', models.F('records'))), name='people_count_fits_records'),
                ],
            },
        ),
        migrations.AddField(
            model_name='personrow',
            name='one_with',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='personrow',
            name='origin',
            field=models.TextField(null=True),
        ),
        migrations.AddIndex(
            model_name='personrow',
            index=models.Index(fields=['one_with'], name='person_one_with'),
        ),
        migrations.RunSQL((SQL / "assurance.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "unique.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
