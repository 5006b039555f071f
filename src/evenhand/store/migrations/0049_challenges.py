"""The poster's door: questions, challenges, what is withheld; and withdrawals that are told."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "challenges.sql"


class Migration(migrations.Migration):
    """A referral may be under challenge, and a platform be owed word that it is withdrawn."""

    dependencies = [("store", "0048_held_to")]

    operations = [
        migrations.CreateModel(
            name='AskingRow',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('receipt', models.BinaryField(unique=True)),
                ('content', models.BinaryField()),
                ('schedule', models.TextField(default='D26')),
                ('day', models.DateField()),
                ('answer_on', models.DateField()),
                ('answers_until', models.DateField()),
                ('told', models.TextField(null=True)),
                ('referral', models.UUIDField(null=True)),
            ],
            options={
                'db_table': 'asking',
            },
        ),
        migrations.CreateModel(
            name='ChallengeRow',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('due_on', models.DateField()),
                ('standing', models.TextField(default='open')),
                ('words', evenhand.store.fields.SealedField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('reasons', evenhand.store.fields.SealedField(null=True)),
                ('told', evenhand.store.fields.SealedField(null=True)),
            ],
            options={
                'db_table': 'challenge',
            },
        ),
        migrations.CreateModel(
            name='WithholdingRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('ground', models.TextField()),
                ('until', models.DateField()),
                ('reasons', evenhand.store.fields.SealedField(null=True)),
            ],
            options={
                'db_table': 'withholding',
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='referralrow',
            name='referral_state_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='referralrow',
            name='referral_is_answered_only_once_sent',
        ),
        migrations.AddField(
            model_name='referralrow',
            name='before_challenge',
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name='referralrow',
            name='withdrawal_owed',
            field=models.BooleanField(null=True),
        ),
        migrations.AddIndex(
            model_name='referralrow',
            index=models.Index(condition=models.Q(('withdrawal_owed', True)), fields=['owner', 'state_since', 'number'], name='referral_platform_to_tell'),
        ),
        migrations.AddConstraint(
            model_name='referralrow',
            constraint=models.CheckConstraint(condition=models.Q(('sent_at', None), ('state__in', ['acknowledged', 'checked', 'decided', 'no_response', 'under_challenge']), _negated=True), name='referral_is_answered_only_once_sent'),
        ),
        migrations.AddConstraint(
            model_name='referralrow',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['acknowledged', 'approved', 'assessing', 'awaiting_approval', 'checked', 'closed', 'decided', 'duplicate', 'logged', 'no_response', 'not_for_us', 'not_referred', 'reopened', 'returned', 'sent', 'statutory_route', 'triaged', 'undeliverable', 'under_challenge', 'withdrawn'])), name='referral_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='referralrow',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawal_owed', None), models.Q(('sent_at__isnull', False), ('state', 'withdrawn')), _connector='OR'), name='referral_platform_is_told_once_withdrawn'),
        ),
        migrations.AddConstraint(
            model_name='referralrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('before_challenge__isnull', False), ('state', 'under_challenge')), models.Q(models.Q(('state', 'under_challenge'), _negated=True), ('before_challenge', None)), _connector='OR'), name='referral_under_challenge_goes_back'),
        ),
        migrations.AddIndex(
            model_name='askingrow',
            index=models.Index(condition=models.Q(('told__isnull', True)), fields=['answer_on'], name='asking_to_answer'),
        ),
        migrations.AddIndex(
            model_name='askingrow',
            index=models.Index(fields=['answers_until'], name='asking_to_forget'),
        ),
        migrations.AddConstraint(
            model_name='askingrow',
            constraint=models.CheckConstraint(condition=models.Q(('answer_on__gt', models.F('day')), ('answers_until__gte', models.F('answer_on')), ('schedule', 'D26')), name='asking_is_answered_on_another_day'),
        ),
        migrations.AddConstraint(
            model_name='askingrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('referral__isnull', False), ('told', 'referred'), ('told__isnull', False)), models.Q(('referral__isnull', True), ('told__isnull', True)), models.Q(('referral__isnull', True), ('told', 'cannot_say'), ('told__isnull', False)), _connector='OR'), name='asking_names_only_what_it_tells'),
        ),
        migrations.AddField(
            model_name='challengerow',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='challenges', to='store.referralrow'),
        ),
        migrations.AddField(
            model_name='challengerow',
            name='settled_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow'),
        ),
        migrations.AddField(
            model_name='withholdingrow',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow'),
        ),
        migrations.AddField(
            model_name='withholdingrow',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='store.referralrow'),
        ),
        migrations.AddIndex(
            model_name='challengerow',
            index=models.Index(condition=models.Q(('standing', 'open')), fields=['due_on', 'at', 'id'], name='challenge_waiting'),
        ),
        migrations.AddConstraint(
            model_name='challengerow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('standing', 'open')), ('reasons__isnull', True), ('settled_at__isnull', True), ('settled_by__isnull', True), ('told__isnull', True)), models.Q(('reasons__isnull', False), ('settled_at__isnull', False), ('settled_by__isnull', False), ('standing__in', ['rejected', 'upheld', 'upheld_in_part']), ('told__isnull', False)), _connector='OR'), name='challenge_is_settled_with_reasons'),
        ),
        migrations.AddConstraint(
            model_name='withholdingrow',
            constraint=models.CheckConstraint(condition=models.Q(('ground__in', ['crime', 'inquiry', 'legal_privilege', 'public_security', 'rights_of_others'])), name='withholding_on_a_ground_in_law'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
