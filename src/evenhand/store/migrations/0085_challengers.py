"""How a challenger is reached is kept apart from the challenge."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "challengers.sql"


class Migration(migrations.Migration):
    """A vault of its own."""

    dependencies = [("store", "0084_exports_of_children")]

    operations = [
        migrations.CreateModel(
            name='ChallengerContactRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('challenge', models.UUIDField(unique=True)),
                ('schedule', models.TextField(default='D09')),
                ('day', models.DateField()),
                ('last_on', models.DateField()),
                ('language', models.TextField()),
                ('email', evenhand.store.fields.SealedField()),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.recordkeyrow')),
            ],
            options={
                'db_table': 'challenger_contact',
                'indexes': [models.Index(fields=['day', 'id'], name='challenger_contact_oldest'), models.Index(fields=['last_on'], name='challenger_contact_to_go')],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('day')), ('schedule', 'D09')), name='challenger_contact_is_on_the_schedule')],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
