"""Exports: one referral for one named recipient, asked for by one officer, allowed by another."""

import django.contrib.postgres.fields
import django.db.models.deletion
import evenhand.store.fields
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    """What of a referral left, to whom and for what."""

    dependencies = [("store", "0051_order_reviews")]

    operations = [
        migrations.CreateModel(
            name='ExportRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('version', models.IntegerField(default=1)),
                ('recipient_person', models.UUIDField()),
                ('purpose', models.TextField()),
                ('reason', evenhand.store.fields.SealedField(null=True)),
                ('captures', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('allowed', models.BooleanField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer', evenhand.store.fields.SealedField(null=True)),
                ('taken_at', models.DateTimeField(null=True)),
                ('package_sha256', models.BinaryField(null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.agreementrow')),
                ('answered_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='store.referralrow')),
            ],
            options={
                'db_table': 'export',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('purpose__in', ['evidence_for_named_investigation', 'prevent_harm_by_removal', 'safeguard_individual'])), name='export_purpose_is_known'), models.CheckConstraint(condition=models.Q(('answered_by', models.F('by')), _negated=True), name='export_takes_two_officers'), models.CheckConstraint(condition=models.Q(('taken_at__isnull', True), ('allowed', True), _connector='OR'), name='export_taken_only_once_allowed')],
            },
        ),
    ]
