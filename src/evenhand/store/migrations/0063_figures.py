"""Figures that were given and published, and corrections of them."""

from pathlib import Path

import django.db.models.deletion
import uuid
from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "figures.sql"


class Migration(migrations.Migration):
    """Two tables and their triggers."""

    dependencies = [
        ('store', '0062_fields_known'),
    ]

    operations = [
        migrations.CreateModel(
            name='FigureRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('code', models.TextField()),
                ('as_at', models.DateField()),
                ('question_sha256', models.BinaryField()),
                ('value_sha256', models.BinaryField()),
                ('document', models.TextField()),
                ('document_sha256', models.BinaryField()),
                ('at', models.DateTimeField()),
                ('entry', models.BigIntegerField()),
                ('published', models.TextField(null=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
            ],
            options={
                'db_table': 'figure',
            },
        ),
        migrations.CreateModel(
            name='ErratumRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('why', models.TextField()),
                ('at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('right', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='corrects', to='store.figurerow')),
                ('wrong', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='erratum', to='store.figurerow')),
            ],
            options={
                'db_table': 'erratum',
            },
        ),
        migrations.AddIndex(
            model_name='figurerow',
            index=models.Index(condition=models.Q(('published_at__isnull', False)), fields=['question_sha256'], name='figure_published'),
        ),
        migrations.AddIndex(
            model_name='figurerow',
            index=models.Index(fields=['at', 'id'], name='figure_newest'),
        ),
        migrations.AddConstraint(
            model_name='figurerow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published__isnull', True), ('published_at', None), ('published_by', None)), models.Q(('published__isnull', False), ('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='figure_is_published_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='erratumrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), models.Q(('confirmed_by', models.F('by')), _negated=True)), _connector='OR'), name='erratum_confirmed_by_another'),
        ),
        migrations.AddConstraint(
            model_name='erratumrow',
            constraint=models.CheckConstraint(condition=models.Q(('wrong', models.F('right')), _negated=True), name='erratum_of_two'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
