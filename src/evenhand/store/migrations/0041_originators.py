"""Bodies from which wrong data came, and whether they were told. DPA 2018 s.48(7)."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "originators.sql"


class Migration(migrations.Migration):
    """Whoever it came from is told once, and nothing about it is erased before."""

    dependencies = [("store", "0040_lifting_told")]

    operations = [
        migrations.CreateModel(
            name='OriginatorNoticeRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('about', models.TextField()),
                ('body', evenhand.store.fields.SealedField()),
                ('their_reference', evenhand.store.fields.SealedField(null=True)),
                ('at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('told_on', models.DateField(null=True)),
                ('told_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.personrow')),
                ('told_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
            ],
            options={
                'db_table': 'originator_notice',
                'indexes': [models.Index(condition=models.Q(('told_on__isnull', True)), fields=['due_at', 'id'], name='originator_notice_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('told_at__isnull', True), ('told_by__isnull', True), ('told_on__isnull', True)), models.Q(('told_at__isnull', False), ('told_by__isnull', False), ('told_on__isnull', False)), _connector='OR'), name='originator_notice_told_wholly')],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
