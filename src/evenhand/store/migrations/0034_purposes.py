"""For what else a person's record may be used, and that a disclosure says for what it is."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "purposes.sql"


class Migration(migrations.Migration):
    """Another purpose is asked by one and allowed by another."""

    dependencies = [("store", "0033_duty")]

    operations = [
        migrations.CreateModel(
            name='PurposeChangeRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('purpose', models.TextField()),
                ('law', evenhand.store.fields.SealedField()),
                ('necessity', evenhand.store.fields.SealedField()),
                ('proportionality', evenhand.store.fields.SealedField()),
                ('asked_at', models.DateTimeField()),
                ('approved', models.BooleanField(null=True)),
                ('answer', evenhand.store.fields.SealedField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.personrow')),
            ],
            options={
                'db_table': 'purpose_change',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('purpose__in', ['evidence_for_named_investigation', 'safeguard_individual'])), name='purpose_change_is_to_another'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('approved__isnull', True)), models.Q(models.Q(('approved__isnull', True), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('answered_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='purpose_change_by_two'),
                    models.UniqueConstraint(condition=models.Q(('approved__isnull', True)), fields=('person', 'purpose'), name='purpose_change_waits_once'),
                    models.UniqueConstraint(condition=models.Q(('approved', True)), fields=('person', 'purpose'), name='purpose_change_allowed_once'),
                ],
            },
        ),
        migrations.AddField(
            model_name='disclosurerow',
            name='purpose',
            field=models.TextField(null=True),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
