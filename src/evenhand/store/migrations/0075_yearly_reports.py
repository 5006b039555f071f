"""The yearly reports, each edition as it was prepared and published."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "yearly.sql"


class Migration(migrations.Migration):
    """A table, and what keeps an edition as it is."""

    dependencies = [("store", "0065_foi")]

    operations = [
        migrations.CreateModel(
            name='YearlyReportRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('last_month', models.DateField()),
                ('number', models.IntegerField()),
                ('version', models.IntegerField(default=1)),
                ('snapshot', evenhand.store.fields.SealedField()),
                ('question', models.TextField()),
                ('prepared_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.recordkeyrow')),
                ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
            ],
            options={
                'db_table': 'yearly_report',
                'constraints': [models.UniqueConstraint(fields=('kind', 'last_month', 'number'), name='yearly_report_numbered_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['transparency', 'trusted-flagger'])), name='yearly_report_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('published_by__isnull', True)), models.Q(('published_at__isnull', False), ('published_by__isnull', False), models.Q(('published_by', models.F('prepared_by')), _negated=True)), _connector='OR'), name='yearly_report_published_by_another')],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
