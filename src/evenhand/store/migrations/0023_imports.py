"""Quarantine of records brought over from old systems, and their counts."""

import uuid
from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "imports.sql"


class Migration(migrations.Migration):
    """Quarantine of records brought over from old systems, and their counts."""

    dependencies = [("store", "0021_retention")]
    operations = [
        migrations.CreateModel(
            name='ImportRunRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('brought_at', models.DateTimeField()),
                ('schedule', models.TextField(default='D20')),
                ('start_on', models.DateField()),
                ('review_on', models.DateField()),
                ('max_on', models.DateField()),
                ('file', evenhand.store.fields.SealedField(null=True)),
                ('workbook', evenhand.store.fields.SealedField(null=True)),
                ('mapping', evenhand.store.fields.SealedField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('brought_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('key', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='store.recordkeyrow')),
            ],
            options={
                'db_table': 'import_run',
                'indexes': [
                    models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['max_on'], name='import_run_to_end'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), ('workbook__isnull', True), _connector='OR'), name='import_run_keeps_no_file_once_confirmed'),
                    models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), models.Q(('file__isnull', True), ('key__isnull', True), ('mapping__isnull', True), ('workbook__isnull', True)), _connector='OR'), name='import_run_keeps_nothing_once_ended'),
                    models.CheckConstraint(condition=models.Q(('ended_at__isnull', False), ('key__isnull', False), _connector='OR'), name='import_run_has_a_key_until_it_ends'),
                    models.CheckConstraint(condition=models.Q(('schedule', 'D20'), ('review_on__gte', models.F('start_on')), ('max_on__gte', models.F('review_on'))), name='import_run_is_on_the_schedule'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ImportedRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('system', models.TextField()),
                ('sheet', models.SmallIntegerField()),
                ('number', models.IntegerField()),
                ('lacks', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('names_person', models.BooleanField()),
                ('cells', evenhand.store.fields.SealedField(null=True)),
                ('standing', models.TextField(default='waiting')),
                ('at', models.DateTimeField(null=True)),
                ('reason', evenhand.store.fields.SealedField(null=True)),
                ('became', models.UUIDField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('key', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='store.recordkeyrow')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='store.importrunrow')),
            ],
            options={
                'db_table': 'import_row',
                'indexes': [
                    models.Index(fields=['run', 'standing', 'sheet', 'number'], name='import_next'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('run', 'sheet', 'number'), name='import_row_of_a_sheet_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('at__isnull', True), ('became__isnull', True), ('by__isnull', True), ('cells__isnull', False), ('key__isnull', False), ('reason__isnull', True), ('standing', 'waiting')), models.Q(('at__isnull', False), ('became__isnull', False), ('by__isnull', False), ('standing', 'passed')), models.Q(('at__isnull', False), ('became__isnull', True), ('by__isnull', False), ('cells__isnull', True), ('key__isnull', True), ('reason__isnull', False), ('standing', 'rejected')), _connector='OR'), name='import_row_leaves_by_one_officer'),
                    models.CheckConstraint(condition=models.Q(models.Q(('cells__isnull', True), ('key__isnull', True)), models.Q(('cells__isnull', False), ('key__isnull', False)), _connector='OR'), name='import_row_words_have_a_key'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ImportTallyRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('system', models.TextField()),
                ('what', models.TextField()),
                ('count', models.IntegerField(default=0)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.importrunrow')),
            ],
            options={
                'db_table': 'import_tally',
                'constraints': [
                    models.UniqueConstraint(fields=('run', 'day', 'system', 'what'), name='import_tally_one_row_a_day'),
                    models.CheckConstraint(condition=models.Q(('count__gte', 0)), name='import_tally_counts'),
                ],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
