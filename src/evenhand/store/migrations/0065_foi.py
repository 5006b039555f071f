"""Requests for information, who asked kept apart, their parts, letters, and what is published."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "foi.sql"


class Migration(migrations.Migration):
    """Seven tables."""

    dependencies = [
        ('store', '0089_known_refusals'),
    ]

    operations = [
        migrations.CreateModel(
            name='FoiDisclosureRow',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('number', models.TextField(unique=True)),
                ('title', models.TextField()),
                ('body', models.TextField()),
                ('received_on', models.DateField()),
                ('due_on', models.DateField(null=True)),
                ('replied_on', models.DateField()),
                ('outcome', models.TextField()),
                ('schedule', models.TextField(default='D29')),
                ('max_on', models.DateField()),
            ],
            options={
                'db_table': 'foi_disclosure',
                'indexes': [models.Index(fields=['-replied_on', '-number'], name='foi_disclosure_newest'), models.Index(fields=['max_on'], name='foi_disclosure_to_forget')],
                'constraints': [models.CheckConstraint(condition=models.Q(('max_on__gte', models.F('replied_on')), ('schedule', 'D29')), name='foi_disclosure_is_on_the_schedule')],
            },
        ),
        migrations.CreateModel(
            name='FoiRequestRow',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('number', models.TextField(unique=True)),
                ('version', models.IntegerField(default=1)),
                ('receipt', models.BinaryField(null=True, unique=True)),
                ('channel', models.TextField()),
                ('received_on', models.DateField()),
                ('logged_at', models.DateTimeField()),
                ('asked', evenhand.store.fields.SealedField()),
                ('standing', models.TextField(default='open')),
                ('like', models.TextField(null=True)),
                ('determining_minutes', models.IntegerField(null=True)),
                ('locating_minutes', models.IntegerField(null=True)),
                ('retrieving_minutes', models.IntegerField(null=True)),
                ('extracting_minutes', models.IntegerField(null=True)),
                ('estimated_at', models.DateTimeField(null=True)),
                ('schedule', models.TextField(default='D27')),
                ('closed_on', models.DateField(null=True)),
                ('review_on', models.DateField(null=True)),
                ('max_on', models.DateField(null=True)),
                ('estimated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.recordkeyrow')),
                ('logged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
            ],
            options={
                'db_table': 'foi_request',
            },
        ),
        migrations.CreateModel(
            name='FoiRequesterRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('schedule', models.TextField(default='D28')),
                ('last_on', models.DateField(null=True)),
                ('language', models.TextField()),
                ('name', evenhand.store.fields.SealedField()),
                ('email', evenhand.store.fields.SealedField(null=True)),
                ('postal', evenhand.store.fields.SealedField(null=True)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.recordkeyrow')),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='requester', to='store.foirequestrow')),
            ],
            options={
                'db_table': 'foi_requester',
            },
        ),
        migrations.CreateModel(
            name='FoiPartRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('number', models.IntegerField()),
                ('wants', models.TextField()),
                ('asked', evenhand.store.fields.SealedField()),
                ('treatment', models.TextField(null=True)),
                ('question', models.TextField(default='')),
                ('answer', evenhand.store.fields.SealedField(null=True)),
                ('exemption', models.TextField(default='')),
                ('why', evenhand.store.fields.SealedField(null=True)),
                ('prejudice', models.TextField(null=True)),
                ('how', evenhand.store.fields.SealedField(null=True)),
                ('public_interest', evenhand.store.fields.SealedField(null=True)),
                ('at', models.DateTimeField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='store.foirequestrow')),
            ],
            options={
                'db_table': 'foi_part',
            },
        ),
        migrations.CreateModel(
            name='FoiLetterRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('number', models.IntegerField()),
                ('kind', models.TextField()),
                ('text', evenhand.store.fields.SealedField()),
                ('published', evenhand.store.fields.SealedField(null=True)),
                ('title', models.TextField(default='')),
                ('at', models.DateTimeField()),
                ('approved_at', models.DateTimeField(null=True)),
                ('returned_at', models.DateTimeField(null=True)),
                ('by_mail', models.BooleanField(default=False)),
                ('sent_on', models.DateField(null=True)),
                ('failed', models.TextField(default='')),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='store.foirequestrow')),
            ],
            options={
                'db_table': 'foi_letter',
            },
        ),
        migrations.CreateModel(
            name='FoiHoldRow',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='store.foirequestrow')),
            ],
            options={
                'db_table': 'foi_hold',
            },
        ),
        migrations.CreateModel(
            name='FoiStepRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('number', models.IntegerField()),
                ('what', models.TextField()),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('text', evenhand.store.fields.SealedField()),
                ('until', models.DateField(null=True)),
                ('pence', models.IntegerField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='store.foirequestrow')),
            ],
            options={
                'db_table': 'foi_step',
            },
        ),
        migrations.AddIndex(
            model_name='foirequestrow',
            index=models.Index(condition=models.Q(('standing__in', ['at_commissioner', 'open', 'to_comply', 'under_review'])), fields=['received_on', 'number'], name='foi_request_running'),
        ),
        migrations.AddIndex(
            model_name='foirequestrow',
            index=models.Index(fields=['max_on'], name='foi_request_to_forget'),
        ),
        migrations.AddConstraint(
            model_name='foirequestrow',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['form', 'mail', 'paper']), ('standing__in', ['open', 'replied', 'under_review', 'at_commissioner', 'to_comply', 'not_valid', 'transferred', 'withdrawn', 'lapsed'])), name='foi_request_is_of_a_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='foirequestrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel', 'form'), ('logged_by__isnull', True)), models.Q(models.Q(('channel', 'form'), _negated=True), ('logged_by__isnull', False)), _connector='OR'), name='foi_request_logged_by_an_officer'),
        ),
        migrations.AddConstraint(
            model_name='foirequestrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('standing__in', ['at_commissioner', 'open', 'to_comply', 'under_review'])), ('closed_on', None), ('max_on', None), ('review_on', None)), models.Q(models.Q(('standing__in', ['at_commissioner', 'open', 'to_comply', 'under_review']), _negated=True), ('closed_on__isnull', False), ('max_on__gte', models.F('review_on')), ('max_on__isnull', False), ('review_on__gte', models.F('closed_on')), ('review_on__isnull', False)), _connector='OR'), name='foi_request_closed_is_on_the_schedule'),
        ),
        migrations.AddConstraint(
            model_name='foirequestrow',
            constraint=models.CheckConstraint(condition=models.Q(('schedule', 'D27')), name='foi_request_is_on_its_schedule'),
        ),
        migrations.AddConstraint(
            model_name='foirequestrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('determining_minutes', None), ('estimated_by', None), ('extracting_minutes', None), ('locating_minutes', None), ('retrieving_minutes', None)), models.Q(('determining_minutes__range', (0, 600000)), ('estimated_by__isnull', False), ('extracting_minutes__range', (0, 600000)), ('locating_minutes__range', (0, 600000)), ('retrieving_minutes__range', (0, 600000))), _connector='OR'), name='foi_request_estimated_by_somebody'),
        ),
        migrations.AddIndex(
            model_name='foirequesterrow',
            index=models.Index(fields=['last_on'], name='foi_requester_to_go'),
        ),
        migrations.AddConstraint(
            model_name='foirequesterrow',
            constraint=models.CheckConstraint(condition=models.Q(('schedule', 'D28')), name='foi_requester_is_on_the_schedule'),
        ),
        migrations.AddConstraint(
            model_name='foirequesterrow',
            constraint=models.CheckConstraint(condition=models.Q(('email__isnull', False), ('postal__isnull', False), _connector='OR'), name='foi_requester_can_be_reached'),
        ),
        migrations.AddConstraint(
            model_name='foipartrow',
            constraint=models.UniqueConstraint(fields=('request', 'number'), name='foi_part_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='foipartrow',
            constraint=models.CheckConstraint(condition=models.Q(('wants__in', ['total', 'field', 'document', 'statement', 'other']), models.Q(('treatment', None), ('treatment__in', ['given', 'withheld', 'not_held']), _connector='OR'), models.Q(('prejudice', None), ('prejudice__in', ['would', 'would_be_likely']), _connector='OR')), name='foi_part_is_of_a_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='foipartrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', None), ('by', None), ('exemption', ''), ('treatment', None), ('why', None)), models.Q(('answer__isnull', False), ('by__isnull', False), ('exemption', ''), ('treatment', 'given')), models.Q(('answer', None), ('by__isnull', False), ('exemption', ''), ('question', ''), ('treatment', 'not_held'), ('why__isnull', False)), models.Q(('answer', None), ('by__isnull', False), ('treatment', 'withheld'), ('why__isnull', False), models.Q(('exemption', ''), _negated=True)), _connector='OR'), name='foi_part_says_all_that_it_must'),
        ),
        migrations.AddConstraint(
            model_name='foipartrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('treatment__in', ['not_held', 'withheld']), ('confirmed_at__isnull', False), models.Q(('confirmed_by', models.F('by')), _negated=True)), _connector='OR'), name='foi_part_confirmed_by_another'),
        ),
        migrations.AddConstraint(
            model_name='foiletterrow',
            constraint=models.UniqueConstraint(fields=('request', 'number'), name='foi_letter_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='foiletterrow',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['clarification_asked', 'fee_asked', 'extended', 'not_valid', 'transferred', 'reply', 'reviewed'])), name='foi_letter_is_of_a_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='foiletterrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', None)), models.Q(('approved_at__isnull', False), ('kind', 'reply'), models.Q(('approved_by', models.F('by')), _negated=True)), _connector='OR'), name='foi_letter_approved_by_another'),
        ),
        migrations.AddConstraint(
            model_name='foiletterrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'reply'), ('sent_on__isnull', False), _negated=True), models.Q(('approved_by__isnull', False), ('returned_at', None)), _connector='OR'), name='foi_letter_of_reply_sent_when_approved'),
        ),
        migrations.AddConstraint(
            model_name='foiletterrow',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'reply'), ('returned_at', None)), fields=('request',), name='foi_letter_one_reply'),
        ),
        migrations.AddConstraint(
            model_name='foisteprow',
            constraint=models.UniqueConstraint(fields=('request', 'number'), name='foi_step_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='foisteprow',
            constraint=models.CheckConstraint(condition=models.Q(('what__in', ['clarification_asked', 'clarification_answered', 'fee_asked', 'fee_paid', 'extended', 'not_valid', 'transferred', 'withdrawn', 'lapsed', 'review_asked', 'reviewed', 'commissioner_asked', 'commissioner_decided', 'commissioner_done'])), name='foi_step_is_of_a_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='foisteprow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('until__isnull', False), ('what', 'extended')), models.Q(models.Q(('what', 'extended'), _negated=True), ('until', None)), _connector='OR'), name='foi_step_of_more_time_says_until_when'),
        ),
        migrations.AddConstraint(
            model_name='foisteprow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pence__gt', 0), ('what', 'fee_asked')), models.Q(models.Q(('what', 'fee_asked'), _negated=True), ('pence', None)), _connector='OR'), name='foi_step_of_a_fee_says_how_much'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
