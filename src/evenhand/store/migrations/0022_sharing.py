"""Agreements, disclosures and recalls."""

import django.contrib.postgres.fields
import django.db.models.deletion
import evenhand.store.fields
import uuid
from pathlib import Path

from django.db import migrations, models


SQL = Path(__file__).parent.parent / "sql" / "sharing.sql"


class Migration(migrations.Migration):
    """Agreements, disclosures and recalls, with what the database refuses of them."""

    dependencies = [
        ("store", "0023_imports"),
    ]

    operations = [
        migrations.CreateModel(
            name='RecipientRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('code', models.TextField(unique=True)),
                ('name', models.TextField(unique=True)),
            ],
            options={
                'db_table': 'recipient',
            },
        ),
        migrations.CreateModel(
            name='AgreementRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('reference', models.TextField()),
                ('number', models.IntegerField()),
                ('kind', models.TextField()),
                ('country', models.TextField()),
                ('transfer', models.TextField()),
                ('named', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('people', evenhand.store.fields.SealedField()),
                ('lock', models.TextField(null=True)),
                ('purpose', evenhand.store.fields.SealedField()),
                ('enactment', evenhand.store.fields.SealedField()),
                ('guidance', evenhand.store.fields.SealedField()),
                ('fields', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('keep_days', models.SmallIntegerField()),
                ('recall_days', models.SmallIntegerField()),
                ('review_on', models.DateField()),
                ('proposed_at', models.DateTimeField()),
                ('signed_at', models.DateTimeField(null=True)),
                ('over_at', models.DateTimeField(null=True)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.recordkeyrow')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.recipientrow')),
            ],
            options={
                'db_table': 'agreement',
                'constraints': [
                    models.UniqueConstraint(fields=('reference', 'number'), name='agreement_numbered_once'),
                    models.UniqueConstraint(condition=models.Q(('over_at__isnull', True), ('signed_at__isnull', False)), fields=('reference',), name='agreement_one_in_force'),
                    models.UniqueConstraint(condition=models.Q(('over_at__isnull', True), ('signed_at__isnull', True)), fields=('reference',), name='agreement_one_proposed'),
                    models.CheckConstraint(condition=models.Q(('signed_by__isnull', True), models.Q(('signed_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='agreement_signed_by_another'),
                    models.CheckConstraint(condition=models.Q(('fields__len__gt', 0), ('named__len__gt', 0), ('roles__len__gt', 0)), name='agreement_names_people_fields_and_roles'),
                ],
            },
        ),
        migrations.CreateModel(
            name='DisclosureRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('reference', models.TextField(unique=True)),
                ('version', models.IntegerField(default=1)),
                ('standing', models.TextField(default='built')),
                ('recipient_person', models.UUIDField()),
                ('child', models.BooleanField()),
                ('carrier', models.TextField()),
                ('fields', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('statements', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('consented', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('consent', evenhand.store.fields.SealedField(null=True)),
                ('reason', evenhand.store.fields.SealedField(null=True)),
                ('compelling', evenhand.store.fields.SealedField(null=True)),
                ('document', evenhand.store.fields.SealedField(null=True)),
                ('digest', models.BinaryField()),
                ('package', evenhand.store.fields.SealedField(null=True)),
                ('package_sha256', models.BinaryField(null=True)),
                ('built_at', models.DateTimeField()),
                ('approved_at', models.DateTimeField(null=True)),
                ('approved_why', evenhand.store.fields.SealedField(null=True)),
                ('dpo_at', models.DateTimeField(null=True)),
                ('dpo_why', evenhand.store.fields.SealedField(null=True)),
                ('refused_why', evenhand.store.fields.SealedField(null=True)),
                ('released_at', models.DateTimeField(null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.agreementrow')),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('built_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('dpo_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('link', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='store.personlinkrow')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='store.personrow')),
            ],
            options={
                'db_table': 'disclosure',
                'indexes': [
                    models.Index(fields=['person', 'standing'], name='disclosure_of_person'),
                    models.Index(fields=['standing', 'built_at'], name='disclosure_waiting'),
                    models.Index(condition=models.Q(('released_at__isnull', False)), fields=['released_at', 'id'], name='disclosure_ledger'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('standing__in', ['approved', 'built', 'dropped', 'proposed', 'refused', 'released'])), name='disclosure_standing_is_known'),
                    models.CheckConstraint(condition=models.Q(('carrier__in', ['printed', 'sealed'])), name='disclosure_carrier_is_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('built_by')), _negated=True), _connector='OR'), models.Q(('dpo_by__isnull', True), models.Q(('dpo_by', models.F('built_by')), _negated=True), _connector='OR'), models.Q(('approved_by__isnull', True), ('dpo_by__isnull', True), models.Q(('dpo_by', models.F('approved_by')), _negated=True), _connector='OR')), name='disclosure_by_two_people'),
                    models.CheckConstraint(condition=models.Q(models.Q(('standing', 'released'), _negated=True), models.Q(('approved_by__isnull', False), ('package_sha256__isnull', False), ('released_at__isnull', False)), _connector='OR'), name='disclosure_released_only_approved'),
                    models.CheckConstraint(condition=models.Q(models.Q(('child', True), ('standing', 'released'), _negated=True), ('dpo_by__isnull', False), _connector='OR'), name='disclosure_of_a_child_by_two_approvers'),
                ],
            },
        ),
        migrations.CreateModel(
            name='OpenedKindRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('enactment', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('approved_at', models.DateTimeField(null=True)),
                ('expires_on', models.DateField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
            ],
            options={
                'db_table': 'opened_kind',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('asked_by')), _negated=True), _connector='OR'), name='opened_kind_by_two'),
                    models.CheckConstraint(condition=models.Q(('enactment', ''), _negated=True), name='opened_kind_names_a_law'),
                    models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('kind',), name='opened_kind_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RecallRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('why', models.TextField()),
                ('at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('in_the_post', models.BooleanField(default=False)),
                ('failure', models.TextField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('last_sent_at', models.DateTimeField(null=True)),
                ('reminders', models.SmallIntegerField(default=0)),
                ('acknowledged_on', models.DateField(null=True)),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.disclosurerow')),
            ],
            options={
                'db_table': 'recall',
                'indexes': [
                    models.Index(condition=models.Q(('acknowledged_at__isnull', True)), fields=['due_at', 'id'], name='recall_open'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('why__in', ['erased', 'rectified', 'restricted', 'role_changed', 'wrongly_sent'])), name='recall_reason_is_known'),
                    models.CheckConstraint(condition=models.Q(('acknowledged_at__isnull', True), ('sent_at__isnull', False), _connector='OR'), name='recall_acknowledged_only_once_sent'),
                    models.UniqueConstraint(condition=models.Q(('sent_at__isnull', True)), fields=('disclosure', 'why'), name='recall_waits_once'),
                ],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
