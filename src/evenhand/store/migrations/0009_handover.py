"""Hand-over, notes and looks."""

import uuid
from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "consultations.sql"


class Migration(migrations.Migration):
    """Hand-over, notes and looks."""

    dependencies = [("store", "0008_groups")]
    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        migrations.CreateModel(
            name='ConsultationRow',
            fields=[
                ('entry', models.BigIntegerField(primary_key=True, serialize=False)),
                ('officer', models.UUIDField()),
                ('about', models.UUIDField()),
                ('why', models.TextField()),
                ('at', models.DateTimeField()),
                ('repeats', models.IntegerField(default=0)),
            ],
            options={
                'db_table': '"machinery"."consultation"',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='PreferenceRow',
            fields=[
                ('officer', models.UUIDField(primary_key=True, serialize=False)),
                ('shortcuts', models.BooleanField(default=True)),
                ('break_after_looks', models.SmallIntegerField(null=True)),
                ('break_after_minutes', models.SmallIntegerField(null=True)),
            ],
            options={
                'db_table': '"machinery"."preference"',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='UnreadRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('officer', models.UUIDField()),
                ('note_id', models.UUIDField()),
                ('referral', models.UUIDField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'db_table': '"machinery"."unread"',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='HandoverRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('reason', evenhand.store.fields.SealedField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('earlier_owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('new_owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='store.referralrow')),
            ],
            options={
                'db_table': 'handover',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NoteRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('text', evenhand.store.fields.SealedField(null=True)),
                ('mentions', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='store.referralrow')),
            ],
            options={
                'db_table': 'note',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AbsenceRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('set_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='store.officerrow')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('stand_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stands_in', to='store.officerrow')),
            ],
            options={
                'db_table': 'absence',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('officer',), name='absence_one_at_a_time'), models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='absence_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('stand_in__isnull', True), models.Q(('stand_in', models.F('officer')), _negated=True), _connector='OR'), name='absence_has_another_stand_in')],
            },
        ),
    ]
