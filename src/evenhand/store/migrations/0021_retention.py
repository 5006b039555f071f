"""Retention and disposal: days of review, reviews, holds, certificates, tallies, the schedule."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "retention.sql"


class Migration(migrations.Migration):
    """Retention and disposal.

    What ended before has no days yet: the constraint holds new rows, and the worker dates the old.
    """

    dependencies = [("store", "0024_unique")]
    operations = [
        migrations.CreateModel(
            name='RetentionRunRow',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('ran_at', models.DateTimeField()),
                ('dated', models.IntegerField()),
                ('restricted', models.IntegerField()),
                ('waiting', models.IntegerField()),
                ('destroyed', models.IntegerField()),
            ],
            options={
                'db_table': '"machinery"."retention_run"',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='DisposalRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('reference', models.TextField(unique=True)),
                ('record', models.UUIDField()),
                ('kind', models.TextField()),
                ('what', models.TextField()),
                ('system', models.TextField()),
                ('schedule', models.TextField()),
                ('because', models.TextField()),
                ('created_on', models.DateField()),
                ('max_on', models.DateField()),
                ('day', models.DateField()),
                ('at', models.DateTimeField()),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('released_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
            ],
            options={
                'db_table': 'disposal',
                'indexes': [
                    models.Index(fields=['at', 'id'], name='disposal_newest'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('because__in', ['reviewed', 'last_day']), ('proposed_by__isnull', False), ('released_by__isnull', False), models.Q(('released_by', models.F('proposed_by')), _negated=True)), models.Q(('because', 'not_released'), ('max_on__lt', models.F('day')), ('proposed_by__isnull', True), ('released_by__isnull', True)), _connector='OR'), name='disposal_by_two_or_past_its_time'),
                    models.UniqueConstraint(fields=('record', 'what'), name='disposal_once'),
                    models.CheckConstraint(condition=models.Q(('what__in', ['content', 'record'])), name='disposal_of_a_known_part'),
                ],
            },
        ),
        migrations.CreateModel(
            name='HoldRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('owner', evenhand.store.fields.SealedField(null=True)),
                ('their_reference', evenhand.store.fields.SealedField()),
                ('reason', evenhand.store.fields.SealedField()),
                ('at', models.DateTimeField()),
                ('day', models.DateField()),
                ('expires_on', models.DateField(null=True)),
                ('asked_at', models.DateTimeField(null=True)),
                ('asked_because', evenhand.store.fields.SealedField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='holdrows', to='store.personrow')),
                ('referral', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='holdrows', to='store.referralrow')),
            ],
            options={
                'db_table': 'hold',
                'indexes': [
                    models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['expires_on'], name='hold_standing'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('referral__isnull', True), ('person__isnull', True), _connector='XOR'), name='hold_on_one_record'),
                    models.CheckConstraint(condition=models.Q(models.Q(('expires_on__gte', models.F('day')), ('expires_on__isnull', False), ('kind', 'evidence'), ('owner__isnull', False)), models.Q(('expires_on__isnull', True), ('kind__in', ['rights', 'foi'])), _connector='OR'), name='hold_says_enough'),
                    models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('asked_by__isnull', False), ('ended_at__isnull', False), ('ended_by__isnull', False), models.Q(('ended_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='hold_ended_by_another'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReviewRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('schedule', models.TextField()),
                ('at', models.DateTimeField()),
                ('day', models.DateField()),
                ('outcome', models.TextField()),
                ('reason', evenhand.store.fields.SealedField()),
                ('purpose', evenhand.store.fields.SealedField(null=True)),
                ('role_right', evenhand.store.fields.SealedField(null=True)),
                ('news', evenhand.store.fields.SealedField(null=True)),
                ('accuracy', evenhand.store.fields.SealedField(null=True)),
                ('less_intrusive', evenhand.store.fields.SealedField(null=True)),
                ('whose_interest', evenhand.store.fields.SealedField(null=True)),
                ('recipients', evenhand.store.fields.SealedField(null=True)),
                ('until', models.DateField(null=True)),
                ('last_day', models.DateField(null=True)),
                ('seen_version', models.IntegerField()),
                ('standing', models.TextField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('settled_because', evenhand.store.fields.SealedField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviewrows', to='store.personrow')),
                ('referral', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviewrows', to='store.referralrow')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
            ],
            options={
                'db_table': 'review',
                'indexes': [
                    models.Index(condition=models.Q(('standing', 'waiting')), fields=['at'], name='review_waiting'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('referral__isnull', True), ('person__isnull', True), _connector='XOR'), name='review_of_one_record'),
                    models.CheckConstraint(condition=models.Q(('outcome__in', ['dispose', 'retain', 'restrict']), ('standing__in', ['waiting', 'confirmed', 'declined', 'replaced', 'in_force'])), name='review_is_of_a_known_kind'),
                    models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'retain'), _negated=True), models.Q(('accuracy__isnull', False), ('less_intrusive__isnull', False), ('news__isnull', False), ('purpose__isnull', False), ('recipients__isnull', False), ('role_right__isnull', False), ('until__isnull', False), ('whose_interest__isnull', False)), _connector='OR'), name='review_answers_each_question'),
                    models.CheckConstraint(condition=models.Q(models.Q(('standing', 'confirmed'), _negated=True), models.Q(('settled_by__isnull', False), models.Q(('settled_by', models.F('by')), _negated=True)), _connector='OR'), name='review_confirmed_by_another'),
                    models.UniqueConstraint(condition=models.Q(('standing', 'waiting')), fields=('referral',), name='review_of_referral_waits_alone'),
                    models.UniqueConstraint(condition=models.Q(('standing', 'waiting')), fields=('person',), name='review_of_person_waits_alone'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ScheduleVersionRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('schedule', models.TextField()),
                ('review_months', models.SmallIntegerField()),
                ('max_months', models.SmallIntegerField()),
                ('child_review_months', models.SmallIntegerField()),
                ('child_max_months', models.SmallIntegerField()),
                ('reason', evenhand.store.fields.SealedField(null=True)),
                ('proposed_at', models.DateTimeField()),
                ('approved_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.recordkeyrow')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
            ],
            options={
                'db_table': 'schedule_version',
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('approved_at__isnull', True)), fields=('schedule',), name='schedule_one_proposal_at_a_time'),
                    models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('approved_by__isnull', True)), models.Q(('approved_at__isnull', False), models.Q(('approved_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='schedule_approved_by_another'),
                    models.CheckConstraint(condition=models.Q(('child_review_months__gt', 0), ('review_months__gt', 0), ('max_months__lte', 72), ('review_months__lte', models.F('max_months')), ('child_review_months__lte', models.F('child_max_months')), ('child_max_months__lte', models.F('max_months'))), name='schedule_within_limits'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TallyRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('counted', models.TextField()),
                ('role', models.TextField()),
                ('platform', models.TextField()),
                ('harm', models.TextField()),
                ('outcome', models.TextField()),
                ('number', models.IntegerField()),
            ],
            options={
                'db_table': 'tally',
                'constraints': [
                    models.UniqueConstraint(fields=('month', 'counted', 'role', 'platform', 'harm', 'outcome'), name='tally_once'),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name='personrow',
            name='person_restricted_for_a_reason',
        ),
        migrations.AddField(
            model_name='personrow',
            name='extended',
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name='referralrow',
            name='extended',
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name='referralrow',
            name='max_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='referralrow',
            name='restricted',
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name='referralrow',
            name='review_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='referralrow',
            name='schedule',
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name='referralrow',
            name='start_on',
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name='referralrow',
            index=models.Index(condition=models.Q(('review_on__isnull', False)), fields=['review_on'], name='referral_by_review'),
        ),
        migrations.AddIndex(
            model_name='referralrow',
            index=models.Index(condition=models.Q(('max_on__isnull', False)), fields=['max_on'], name='referral_by_last_day'),
        ),
        migrations.AddConstraint(
            model_name='personrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('restricted_because__in', ['accuracy_contested', 'needed_as_evidence', 'not_decided_to_tell', 'not_reviewed', 'reviewed', 'unlawful']), ('restricted_because__isnull', False), ('standing', 'restricted')), models.Q(models.Q(('standing', 'restricted'), _negated=True), ('restricted_because__isnull', True)), _connector='OR'), name='person_restricted_for_a_reason'),
        ),
        AddConstraintNotValid(
            model_name='referralrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('max_on__gte', models.F('review_on')), ('max_on__isnull', False), ('review_on__gte', models.F('start_on')), ('review_on__isnull', False), ('schedule__isnull', False), ('start_on__isnull', False), ('state__in', ['closed', 'duplicate', 'not_for_us', 'not_referred', 'statutory_route', 'withdrawn'])), models.Q(models.Q(('state__in', ['closed', 'duplicate', 'not_for_us', 'not_referred', 'statutory_route', 'withdrawn']), _negated=True), ('extended', None), ('max_on', None), ('restricted', None), ('review_on', None), ('schedule', None), ('start_on', None)), _connector='OR'), name='referral_kept_for_a_time'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
