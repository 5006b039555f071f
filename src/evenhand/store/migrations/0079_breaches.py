"""The register of breaches of personal data. DPA 2018 ss.67 and 68."""

import uuid
from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "breaches.sql"


class Migration(migrations.Migration):
    """Every breach, what was told of it, and whom."""

    dependencies = [("store", "0078_scrutiny")]

    operations = [
        migrations.CreateModel(
            name='BreachRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('number', models.IntegerField(unique=True)),
                ('version', models.IntegerField(default=1)),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('aware_at', models.DateTimeField()),
                ('package', models.TextField(null=True, unique=True)),
                ('opened_at', models.DateTimeField()),
                ('first_told_at', models.DateTimeField(null=True)),
                ('told', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('late_because', evenhand.store.fields.SealedField(null=True)),
                ('not_told_because', evenhand.store.fields.SealedField(null=True)),
                ('not_told_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.recordkeyrow')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
            ],
            options={
                'db_table': 'breach',
            },
        ),
        migrations.CreateModel(
            name='BreachPhaseRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('told_at', models.DateTimeField()),
                ('nature', evenhand.store.fields.SealedField(null=True)),
                ('contact', evenhand.store.fields.SealedField(null=True)),
                ('consequences', evenhand.store.fields.SealedField(null=True)),
                ('measures', evenhand.store.fields.SealedField(null=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('breach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='phases', to='store.breachrow')),
            ],
            options={
                'db_table': 'breach_phase',
            },
        ),
        migrations.CreateModel(
            name='BreachNoteRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('what', models.TextField()),
                ('text', evenhand.store.fields.SealedField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('breach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='store.breachrow')),
            ],
            options={
                'db_table': 'breach_note',
            },
        ),
        migrations.CreateModel(
            name='BreachGroupRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('whom', models.TextField()),
                ('about', models.IntegerField()),
                ('under_18', models.BooleanField()),
                ('to_tell', models.TextField()),
                ('ground', models.TextField(null=True)),
                ('reasons', evenhand.store.fields.SealedField()),
                ('at', models.DateTimeField()),
                ('told_on', models.DateField(null=True)),
                ('nature', evenhand.store.fields.SealedField(null=True)),
                ('contact', evenhand.store.fields.SealedField(null=True)),
                ('consequences', evenhand.store.fields.SealedField(null=True)),
                ('measures', evenhand.store.fields.SealedField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('breach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='store.breachrow')),
            ],
            options={
                'db_table': 'breach_group',
            },
        ),
        migrations.AddConstraint(
            model_name='breachrow',
            constraint=models.CheckConstraint(condition=models.Q(('kinds__contained_by', ['disclosed', 'altered', 'lost']), ('told__contained_by', ['nature', 'contact', 'consequences', 'measures']), models.Q(('kinds', []), _negated=True)), name='breach_of_known_kinds'),
        ),
        migrations.AddConstraint(
            model_name='breachrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_told_at__isnull', True), ('late_because__isnull', True), ('told', [])), models.Q(('first_told_at__isnull', False), models.Q(('told', []), _negated=True)), _connector='OR'), name='breach_told_something'),
        ),
        migrations.AddConstraint(
            model_name='breachrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('not_told_at__isnull', True), ('not_told_because__isnull', True)), models.Q(('not_told_at__isnull', False), ('not_told_because__isnull', False)), _connector='OR'), name='breach_not_told_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='breachrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), models.Q(('not_told_at__isnull', False), ('told__contains', ['nature', 'contact', 'consequences', 'measures']), _connector='OR')), _connector='OR'), name='breach_closed_once_told_or_not'),
        ),
        migrations.AddConstraint(
            model_name='breachphaserow',
            constraint=models.CheckConstraint(condition=models.Q(('nature__isnull', False), ('contact__isnull', False), ('consequences__isnull', False), ('measures__isnull', False), _connector='OR'), name='breach_phase_says_something'),
        ),
        migrations.AddConstraint(
            model_name='breachnoterow',
            constraint=models.CheckConstraint(condition=models.Q(('what__in', ['facts', 'effects', 'remedy', 'correction'])), name='breach_note_is_known'),
        ),
        migrations.AddConstraint(
            model_name='breachgrouprow',
            constraint=models.CheckConstraint(condition=models.Q(('about__gte', 1), ('whom__in', ['suspects', 'victims', 'witnesses', 'reporters', 'posters', 'staff', 'others']), ('to_tell__in', ['tell', 'not_high', 'protected', 'averted', 'effort', 'restricted'])), name='breach_group_is_known'),
        ),
        migrations.AddConstraint(
            model_name='breachgrouprow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground__in', ['inquiry', 'crime', 'public_security', 'rights_of_others', 'legal_privilege']), ('ground__isnull', False), ('to_tell', 'restricted')), models.Q(models.Q(('to_tell', 'restricted'), _negated=True), ('ground__isnull', True)), _connector='OR'), name='breach_group_restricted_on_a_ground'),
        ),
        migrations.AddConstraint(
            model_name='breachgrouprow',
            constraint=models.CheckConstraint(condition=models.Q(('told_on__isnull', True), models.Q(('consequences__isnull', False), ('contact__isnull', False), ('measures__isnull', False), ('nature__isnull', False), ('to_tell__in', ['effort', 'tell'])), _connector='OR'), name='breach_group_told_the_four_contents'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
