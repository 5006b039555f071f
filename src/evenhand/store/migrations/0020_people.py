"""People: records, links to referrals, statements, and what was done with them."""

import uuid
from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "people.sql"


class Migration(migrations.Migration):
    """People: records, links to referrals, statements, and what was done with them."""

    dependencies = [
        ('store', '0019_gate'),
    ]

    operations = [
        migrations.CreateModel(
            name='PersonRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('reference', models.TextField()),
                ('version', models.IntegerField(default=1)),
                ('standing', models.TextField()),
                ('restricted_because', models.TextField(null=True)),
                ('contested', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('child', models.BooleanField()),
                ('under_ten', models.BooleanField()),
                ('age_basis', models.TextField()),
                ('age_as_at', models.DateField()),
                ('name', evenhand.store.fields.SealedField(null=True)),
                ('birth_date', evenhand.store.fields.SealedField(null=True)),
                ('age_value', evenhand.store.fields.SealedField(null=True)),
                ('contact', evenhand.store.fields.SealedField(null=True)),
                ('tokens', evenhand.store.fields.TokensField(base_field=models.BinaryField(), default=list, size=None)),
                ('knows', models.BooleanField()),
                ('proposed_at', models.DateTimeField()),
                ('authorised_at', models.DateTimeField(null=True)),
                ('schedule', models.TextField()),
                ('start_on', models.DateField()),
                ('review_on', models.DateField()),
                ('max_on', models.DateField()),
                ('authorised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.recordkeyrow')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
            ],
            options={
                'db_table': 'person',
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['tokens'], name='person_by_token'),
                    models.Index(fields=['standing', 'proposed_at'], name='person_waiting'),
                    models.Index(fields=['review_on'], name='person_by_review'),
                    models.Index(fields=['max_on'], name='person_by_end'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('reference',), name='person_reference_once'),
                    models.CheckConstraint(condition=models.Q(('reference__regex', '^P-[2-9A-HJ-NP-Z]{8}$')), name='person_reference_says_nothing'),
                    models.CheckConstraint(condition=models.Q(('standing__in', ['held', 'proposed', 'refused', 'restricted'])), name='person_standing_is_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('authorised_at__isnull', True), ('authorised_by__isnull', True)), models.Q(('authorised_at__isnull', False), ('authorised_by__isnull', False), models.Q(('authorised_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='person_authorised_by_a_second_officer'),
                    models.CheckConstraint(condition=models.Q(('standing__in', ['proposed', 'refused']), ('authorised_at__isnull', False), _connector='OR'), name='person_held_only_once_authorised'),
                    models.CheckConstraint(condition=models.Q(models.Q(('restricted_because__in', ['accuracy_contested', 'needed_as_evidence', 'not_decided_to_tell', 'not_reviewed', 'unlawful']), ('restricted_because__isnull', False), ('standing', 'restricted')), models.Q(models.Q(('standing', 'restricted'), _negated=True), ('restricted_because__isnull', True)), _connector='OR'), name='person_restricted_for_a_reason'),
                    models.CheckConstraint(condition=models.Q(('standing', 'refused'), models.Q(('age_basis', 'unknown'), ('age_value__isnull', True), ('birth_date__isnull', True), ('child', True)), models.Q(('age_basis__in', ['document', 'estimated', 'stated']), models.Q(models.Q(('age_value__isnull', True), ('birth_date__isnull', False)), models.Q(('age_value__isnull', False), ('birth_date__isnull', True)), _connector='OR')), _connector='OR'), name='person_age_is_honest'),
                    models.CheckConstraint(condition=models.Q(('under_ten', False), ('child', True), _connector='OR'), name='person_under_ten_is_a_child'),
                    models.CheckConstraint(condition=models.Q(('schedule__in', ['D05', 'D06', 'D07', 'D08', 'D09'])), name='person_schedule_is_known'),
                    models.CheckConstraint(condition=models.Q(('start_on__lte', models.F('review_on')), ('review_on__lte', models.F('max_on'))), name='person_is_reviewed_before_the_end'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PersonLinkRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('role', models.TextField()),
                ('offence', models.TextField(null=True)),
                ('grounds', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('grounds_on', models.DateField(null=True)),
                ('grounds_words', evenhand.store.fields.SealedField(null=True)),
                ('necessity', evenhand.store.fields.SealedField(null=True)),
                ('welfare_reason', evenhand.store.fields.SealedField(null=True)),
                ('best_interests', evenhand.store.fields.SealedField(null=True)),
                ('at', models.DateTimeField()),
                ('authorised_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('authorised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='store.referralrow')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='store.personrow')),
            ],
            options={
                'db_table': 'person_link',
                'indexes': [
                    models.Index(condition=models.Q(('authorised_at__isnull', True), ('ended_at__isnull', True)), fields=['at'], name='person_link_waiting'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('role__in', ['content_poster_not_suspected', 'convicted', 'reporter', 'suspect', 'victim', 'witness_or_informant'])), name='person_link_has_a_known_role'),
                    models.CheckConstraint(condition=models.Q(models.Q(('authorised_at__isnull', True), ('authorised_by__isnull', True)), models.Q(('authorised_at__isnull', False), ('authorised_by__isnull', False), models.Q(('authorised_by', models.F('by')), _negated=True)), _connector='OR'), name='person_link_authorised_by_a_second_officer'),
                    models.CheckConstraint(condition=models.Q(models.Q(('authorised_at__isnull', True), ('ended_at__isnull', False)), ('necessity__isnull', False), _connector='OR'), name='person_link_is_necessary'),
                    models.CheckConstraint(condition=models.Q(models.Q(('role', 'suspect'), _negated=True), models.Q(('authorised_at__isnull', True), ('ended_at__isnull', False)), models.Q(('grounds__len__gt', 0), ('grounds_on__isnull', False), ('grounds_words__isnull', False), ('offence__isnull', False)), _connector='OR'), name='person_link_suspect_has_grounds'),
                    models.CheckConstraint(condition=models.Q(models.Q(('role', 'convicted'), _negated=True), models.Q(('authorised_at__isnull', True), ('ended_at__isnull', False)), models.Q(('grounds_on__isnull', False), ('offence__isnull', False)), _connector='OR'), name='person_link_convicted_has_an_offence'),
                    models.CheckConstraint(condition=models.Q(('role__in', ['convicted', 'suspect']), models.Q(('grounds__len', 0), ('grounds_on__isnull', True), ('grounds_words__isnull', True), ('offence__isnull', True)), _connector='OR'), name='person_link_accuses_nobody_else'),
                    models.CheckConstraint(condition=models.Q(('grounds__contained_by', ['charged_or_wanted', 'identified_by_victim', 'identified_by_witness', 'named_by_investigation', 'says_so_in_content', 'seen_doing_it', 'threatens_in_content'])), name='person_link_has_known_grounds'),
                    models.UniqueConstraint(condition=models.Q(('authorised_at__isnull', False), ('ended_at__isnull', True)), fields=('person', 'referral'), name='person_link_one_role_in_force'),
                    models.UniqueConstraint(condition=models.Q(('authorised_at__isnull', True), ('ended_at__isnull', True)), fields=('person', 'referral'), name='person_link_one_role_proposed'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PersonStepRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('what', models.TextField()),
                ('about', models.TextField(null=True)),
                ('reason', evenhand.store.fields.SealedField(null=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='store.personrow')),
            ],
            options={
                'db_table': 'person_step',
            },
        ),
        migrations.CreateModel(
            name='StatementRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('text', evenhand.store.fields.SealedField(null=True)),
                ('source', evenhand.store.fields.SealedField(null=True)),
                ('basis', evenhand.store.fields.SealedField(null=True)),
                ('basis_holder', evenhand.store.fields.SealedField(null=True)),
                ('at', models.DateTimeField()),
                ('grade_of', models.TextField(null=True)),
                ('grade_source', models.TextField(null=True)),
                ('grade_information', models.TextField(null=True)),
                ('handling', models.TextField()),
                ('handling_conditions', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('verified_at', models.DateTimeField()),
                ('standing', models.TextField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='store.personlinkrow')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='store.personrow')),
                ('replaces', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='store.statementrow')),
            ],
            options={
                'db_table': 'person_statement',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('basis__isnull', True), ('basis_holder__isnull', True), ('grade_information__isnull', True), ('grade_of__isnull', True), ('grade_source__isnull', True), ('kind', 'fact'), ('source__isnull', False), ('text__isnull', False)), models.Q(('basis__isnull', False), ('kind', 'assessment'), ('source__isnull', True), ('text__isnull', False)), _connector='OR'), name='person_statement_is_fact_or_assessment'),
                    models.CheckConstraint(condition=models.Q(('kind', 'fact'), models.Q(('grade_information__in', ['A', 'B', 'C', 'D', 'E']), ('grade_information__isnull', False), ('grade_of__in', ['other', 'post_is_true', 'was_posted']), ('grade_of__isnull', False), ('grade_source__in', ['1', '2', '3']), ('grade_source__isnull', False), models.Q(('grade_information', 'A'), ('grade_of', 'post_is_true'), ('grade_source', '1'), _negated=True)), _connector='OR'), name='person_statement_is_graded'),
                    models.CheckConstraint(condition=models.Q(models.Q(('handling', 'P'), ('handling_conditions__len', 0)), models.Q(('handling', 'C'), ('handling_conditions__contained_by', ['A1', 'A2', 'A3', 'S1', 'S2']), ('handling_conditions__len__gt', 0)), _connector='OR'), name='person_statement_has_a_handling_code'),
                    models.CheckConstraint(condition=models.Q(('standing__in', ['contested', 'replaced', 'restricted', 'standing'])), name='person_statement_standing_is_known'),
                ],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
