"""The register of scrutiny from outside."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "scrutiny.sql"


class Migration(migrations.Migration):
    """Added to only."""

    dependencies = [("store", "0085_challengers")]

    operations = [
        migrations.CreateModel(
            name='ScrutinyRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('number', models.IntegerField(unique=True)),
                ('kind', models.TextField()),
                ('held_on', models.DateField()),
                ('body', evenhand.store.fields.SealedField()),
                ('scope', evenhand.store.fields.SealedField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.recordkeyrow')),
            ],
            options={
                'db_table': 'scrutiny',
            },
        ),
        migrations.CreateModel(
            name='ScrutinyWordRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('what', models.TextField()),
                ('day', models.DateField()),
                ('text', evenhand.store.fields.SealedField()),
                ('at', models.DateTimeField()),
                ('about', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.scrutinywordrow')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('scrutiny', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='store.scrutinyrow')),
            ],
            options={
                'db_table': 'scrutiny_word',
            },
        ),
        migrations.CreateModel(
            name='ScrutinyNoneRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('true_on', models.DateField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
            ],
            options={
                'db_table': 'scrutiny_none',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['appeal', 'audit', 'complaint', 'decision_notice', 'inspection', 'verification'])), name='scrutiny_none_of_a_kind')],
            },
        ),
        migrations.AddConstraint(
            model_name='scrutinyrow',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['appeal', 'audit', 'complaint', 'decision_notice', 'inspection', 'verification'])), name='scrutiny_of_a_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='scrutinywordrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('about__isnull', False), ('what__in', ['done', 'in_hand', 'not_followed'])), models.Q(('about__isnull', True), ('what__in', ['correction', 'outcome', 'recommendation'])), _connector='OR'), name='scrutiny_word_follows_a_recommendation'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
