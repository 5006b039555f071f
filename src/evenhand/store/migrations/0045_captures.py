"""Captures: files of what was seen, sealed, written once, and locked for good where need be."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "captures.sql"


class Migration(migrations.Migration):
    """Captures, and which files of theirs the store of files has."""

    dependencies = [("store", "0044_mail")]

    operations = [
        migrations.CreateModel(
            name='CaptureRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('why', evenhand.store.fields.SealedField(null=True)),
                ('how', models.TextField()),
                ('taken_at', models.DateTimeField()),
                ('clock_offset', models.IntegerField()),
                ('format', models.TextField()),
                ('size', models.BigIntegerField()),
                ('sha256', models.BinaryField()),
                ('scan', models.TextField()),
                ('can_be_drawn', models.BooleanField()),
                ('identity', evenhand.store.fields.SealedField(null=True)),
                ('locked_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('locked_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='store.referralrow')),
            ],
            options={
                'db_table': 'capture',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('identity__isnull', False), ('locked_at__isnull', True), ('locked_by__isnull', True)), models.Q(('identity__isnull', True), ('locked_at__isnull', False)), _connector='OR'), name='capture_locked_is_out_of_reach'), models.CheckConstraint(condition=models.Q(('format__in', ['gif', 'html', 'jpeg', 'mhtml', 'mp4', 'pdf', 'png', 'warc', 'webm', 'webp'])), name='capture_format_is_taken'), models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='capture_is_not_empty')],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
