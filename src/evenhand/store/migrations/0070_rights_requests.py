"""Requests of people about their data, with all that is found, held back, written and sent."""

import uuid
from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "rights_requests.sql"


class Migration(migrations.Migration):
    """Nine tables; and a record may have to go because that was granted."""

    dependencies = [("store", "0075_yearly_reports")]

    operations = [
        migrations.CreateModel(
            name='RightsContactRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('schedule', models.TextField(default='D30')),
                ('last_on', models.DateField(null=True)),
                ('email', evenhand.store.fields.SealedField(null=True)),
                ('postal', evenhand.store.fields.SealedField(null=True)),
            ],
            options={
                'db_table': 'rights_contact',
            },
        ),
        migrations.CreateModel(
            name='RightsCountRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('kind', models.TextField()),
                ('what', models.TextField()),
                ('count', models.IntegerField(default=0)),
            ],
            options={
                'db_table': 'rights_count',
            },
        ),
        migrations.CreateModel(
            name='RightsEventRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('what', models.TextField()),
                ('day', models.DateField()),
                ('because', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('reasons', evenhand.store.fields.SealedField(null=True)),
            ],
            options={
                'db_table': 'rights_event',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RightsFoundRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('is_theirs', models.BooleanField(null=True)),
                ('reason', evenhand.store.fields.SealedField(null=True)),
                ('settled_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'rights_found',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RightsLetterRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('kind', models.TextField()),
                ('outcome', models.TextField(null=True)),
                ('subject', evenhand.store.fields.SealedField()),
                ('text', evenhand.store.fields.SealedField()),
                ('because', evenhand.store.fields.SealedField(null=True)),
                ('standing', models.TextField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer', evenhand.store.fields.SealedField(null=True)),
                ('route', models.TextField(null=True)),
                ('in_the_post', models.BooleanField(default=False)),
                ('failure', models.TextField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'rights_letter',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RightsMarkRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('piece', models.TextField()),
                ('withheld', models.TextField()),
                ('ground', models.TextField(null=True)),
                ('review_on', models.DateField(null=True)),
                ('reasons', evenhand.store.fields.SealedField()),
                ('lawyer', evenhand.store.fields.SealedField(null=True)),
            ],
            options={
                'db_table': 'rights_mark',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RightsPackRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('pack', evenhand.store.fields.SealedField()),
            ],
            options={
                'db_table': 'rights_pack',
            },
        ),
        migrations.CreateModel(
            name='RightsRequestRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('reference', models.TextField(unique=True)),
                ('receipt', models.BinaryField(null=True, unique=True)),
                ('kind', models.TextField()),
                ('came_by', models.TextField()),
                ('language', models.TextField()),
                ('received_on', models.DateField()),
                ('logged_at', models.DateTimeField()),
                ('standing', models.TextField(default='open')),
                ('outcome', models.TextField(null=True)),
                ('replied_at', models.DateTimeField(null=True)),
                ('schedule', models.TextField()),
                ('review_on', models.DateField(null=True)),
                ('max_on', models.DateField(null=True)),
                ('name', evenhand.store.fields.SealedField()),
                ('birth_date', evenhand.store.fields.SealedField(null=True)),
                ('wish', evenhand.store.fields.SealedField(null=True)),
            ],
            options={
                'db_table': 'rights_request',
            },
        ),
        migrations.CreateModel(
            name='RightsSearchRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('sought', evenhand.store.fields.SealedField()),
                ('hits', models.IntegerField()),
            ],
            options={
                'db_table': 'rights_search',
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='personrow',
            name='person_erased_for_a_known_reason',
        ),
        migrations.AddConstraint(
            model_name='personrow',
            constraint=models.CheckConstraint(condition=models.Q(('erase_because__isnull', True), ('erase_because__in', ['basis_expired', 'granted', 'not_suspected', 'policy_lapsed', 'review_failed']), _connector='OR'), name='person_erased_for_a_known_reason'),
        ),
        migrations.AddField(
            model_name='rightscontactrow',
            name='key',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.recordkeyrow'),
        ),
        migrations.AddConstraint(
            model_name='rightscountrow',
            constraint=models.UniqueConstraint(fields=('day', 'kind', 'what'), name='rights_count_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='rightscountrow',
            constraint=models.CheckConstraint(condition=models.Q(('count__gte', 0)), name='rights_count_counts'),
        ),
        migrations.AddField(
            model_name='rightseventrow',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow'),
        ),
        migrations.AddField(
            model_name='rightsfoundrow',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow'),
        ),
        migrations.AddField(
            model_name='rightsfoundrow',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rightsfound', to='store.personrow'),
        ),
        migrations.AddField(
            model_name='rightsfoundrow',
            name='settled_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow'),
        ),
        migrations.AddField(
            model_name='rightsletterrow',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow'),
        ),
        migrations.AddField(
            model_name='rightsletterrow',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow'),
        ),
        migrations.AddField(
            model_name='rightsletterrow',
            name='sent_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow'),
        ),
        migrations.AddField(
            model_name='rightsmarkrow',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow'),
        ),
        migrations.AddField(
            model_name='rightsmarkrow',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.personrow'),
        ),
        migrations.AddField(
            model_name='rightspackrow',
            name='letter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packs', to='store.rightsletterrow'),
        ),
        migrations.AddField(
            model_name='rightspackrow',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.personrow'),
        ),
        migrations.AddField(
            model_name='rightsrequestrow',
            name='key',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.recordkeyrow'),
        ),
        migrations.AddField(
            model_name='rightsrequestrow',
            name='logged_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow'),
        ),
        migrations.AddField(
            model_name='rightsmarkrow',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='store.rightsrequestrow'),
        ),
        migrations.AddField(
            model_name='rightsletterrow',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='store.rightsrequestrow'),
        ),
        migrations.AddField(
            model_name='rightsfoundrow',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='found', to='store.rightsrequestrow'),
        ),
        migrations.AddField(
            model_name='rightseventrow',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='store.rightsrequestrow'),
        ),
        migrations.AddField(
            model_name='rightscontactrow',
            name='request',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='contact', to='store.rightsrequestrow'),
        ),
        migrations.AddField(
            model_name='rightssearchrow',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow'),
        ),
        migrations.AddField(
            model_name='rightssearchrow',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='searches', to='store.rightsrequestrow'),
        ),
        migrations.AddConstraint(
            model_name='rightspackrow',
            constraint=models.UniqueConstraint(fields=('letter', 'person'), name='rights_pack_once'),
        ),
        migrations.AddIndex(
            model_name='rightsrequestrow',
            index=models.Index(condition=models.Q(('standing', 'open')), fields=['received_on', 'logged_at', 'id'], name='rights_request_waiting'),
        ),
        migrations.AddIndex(
            model_name='rightsrequestrow',
            index=models.Index(fields=['max_on'], name='rights_request_to_forget'),
        ),
        migrations.AddConstraint(
            model_name='rightsrequestrow',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['access', 'complaint', 'erasure', 'rectification', 'restriction']), ('came_by__in', ['form', 'mail', 'paper'])), name='rights_request_is_of_a_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='rightsrequestrow',
            constraint=models.CheckConstraint(condition=models.Q(('reference__regex', '^R-[2-9A-HJ-NP-Z]{8}$')), name='rights_request_reference_says_nothing'),
        ),
        migrations.AddConstraint(
            model_name='rightsrequestrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('came_by', 'form'), ('receipt__isnull', False)), models.Q(models.Q(('came_by', 'form'), _negated=True), ('logged_by__isnull', False)), _connector='OR'), name='rights_request_came_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='rightsrequestrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('standing', 'open')), ('max_on__isnull', True), ('outcome__isnull', True), ('replied_at__isnull', True), ('review_on__isnull', True)), models.Q(('max_on__isnull', False), ('outcome__in', ['given', 'given_in_part', 'granted', 'granted_in_part', 'nothing_to_give', 'refused', 'unfounded']), ('outcome__isnull', False), ('replied_at__isnull', False), ('review_on__isnull', False), ('standing', 'replied')), _connector='OR'), name='rights_request_ends_with_a_reply'),
        ),
        migrations.AddConstraint(
            model_name='rightsrequestrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'complaint'), ('schedule', 'D13')), models.Q(models.Q(('kind', 'complaint'), _negated=True), ('schedule', 'D12')), _connector='OR'), name='rights_request_is_on_the_schedule'),
        ),
        migrations.AddIndex(
            model_name='rightsmarkrow',
            index=models.Index(fields=['review_on'], name='rights_mark_by_review'),
        ),
        migrations.AddConstraint(
            model_name='rightsmarkrow',
            constraint=models.UniqueConstraint(fields=('request', 'piece'), name='rights_mark_once'),
        ),
        migrations.AddConstraint(
            model_name='rightsmarkrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground__isnull', True), ('review_on__isnull', True), ('withheld', 'third_party')), models.Q(('ground__in', ['crime', 'inquiry', 'legal_privilege', 'public_security', 'rights_of_others']), ('ground__isnull', False), ('review_on__isnull', False), ('withheld__in', ['restricted_told', 'restricted_untold'])), _connector='OR'), name='rights_mark_restricts_on_a_ground_in_law'),
        ),
        migrations.AddConstraint(
            model_name='rightsletterrow',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['acknowledgement', 'clarification', 'extension', 'fee', 'identity', 'reply']), ('standing__in', ['approved', 'proposed', 'returned', 'sent'])), name='rights_letter_is_of_a_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='rightsletterrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('kind', 'reply')), ('because__isnull', False), ('outcome__in', ['given', 'given_in_part', 'granted', 'granted_in_part', 'nothing_to_give', 'refused', 'unfounded']), ('outcome__isnull', False)), models.Q(models.Q(('kind', 'reply'), _negated=True), ('answered_by__isnull', True), ('outcome__isnull', True)), _connector='OR'), name='rights_letter_replies_with_an_outcome'),
        ),
        migrations.AddConstraint(
            model_name='rightsletterrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'reply'), _negated=True), ('standing', 'proposed'), models.Q(('answered_by__isnull', False), models.Q(('answered_by', models.F('by')), _negated=True)), _connector='OR'), name='rights_letter_answered_by_a_second_officer'),
        ),
        migrations.AddConstraint(
            model_name='rightsletterrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('standing', 'sent'), _negated=True), models.Q(('in_the_post', False), ('route__in', ['mail', 'post']), ('route__isnull', False), ('sent_at__isnull', False), ('sent_by__isnull', False)), _connector='OR'), name='rights_letter_left_by_a_route'),
        ),
        migrations.AddConstraint(
            model_name='rightsletterrow',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'reply'), models.Q(('standing', 'returned'), _negated=True)), fields=('request',), name='rights_letter_one_reply'),
        ),
        migrations.AddConstraint(
            model_name='rightsfoundrow',
            constraint=models.UniqueConstraint(fields=('request', 'person'), name='rights_found_once'),
        ),
        migrations.AddConstraint(
            model_name='rightsfoundrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_theirs__isnull', True), ('reason__isnull', True), ('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('is_theirs__isnull', False), ('reason__isnull', False), ('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='rights_found_is_settled_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='rightseventrow',
            constraint=models.CheckConstraint(condition=models.Q(('what__in', ['clarification_answered', 'clarification_asked', 'extended', 'fee_asked', 'fee_paid', 'identity_asked', 'identity_given'])), name='rights_event_is_of_a_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='rightseventrow',
            constraint=models.UniqueConstraint(condition=models.Q(('what', 'extended')), fields=('request',), name='rights_event_extends_once'),
        ),
        migrations.AddIndex(
            model_name='rightscontactrow',
            index=models.Index(fields=['last_on'], name='rights_contact_to_go'),
        ),
        migrations.AddConstraint(
            model_name='rightscontactrow',
            constraint=models.CheckConstraint(condition=models.Q(('schedule', 'D30'), models.Q(('email__isnull', False), ('postal__isnull', False), _connector='OR')), name='rights_contact_reaches_somebody'),
        ),
        migrations.AddConstraint(
            model_name='rightssearchrow',
            constraint=models.CheckConstraint(condition=models.Q(('hits__gte', 0)), name='rights_search_counts'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
