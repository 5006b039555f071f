"""The equality impact assessment: a third kind of document."""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "eia.sql"


class Migration(migrations.Migration):
    """Its parts, and the kinds of harm that there were when it came into force."""

    dependencies = [("store", "0079_breaches")]

    operations = [
        migrations.RemoveConstraint(
            model_name='documentrow',
            name='document_has_all_its_parts',
        ),
        migrations.AddField(
            model_name='documentrow',
            name='actions',
            field=evenhand.store.fields.SealedField(null=True),
        ),
        migrations.AddField(
            model_name='documentrow',
            name='aims',
            field=evenhand.store.fields.SealedField(null=True),
        ),
        migrations.AddField(
            model_name='documentrow',
            name='consultation',
            field=evenhand.store.fields.SealedField(null=True),
        ),
        migrations.AddField(
            model_name='documentrow',
            name='effects',
            field=evenhand.store.fields.SealedField(null=True),
        ),
        migrations.AddField(
            model_name='documentrow',
            name='harms',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
        ),
        migrations.AddConstraint(
            model_name='documentrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dangers__isnull', False), ('description__isnull', False), ('kind', 'dpia'), ('measures__isnull', False), ('safeguards__isnull', False), ('residual__isnull', False)), models.Q(('kind', 'apd'), ('procedures__isnull', False), ('retention__isnull', False)), models.Q(('actions__isnull', False), ('aims__isnull', False), ('consultation__isnull', False), ('effects__isnull', False), ('kind', 'eia')), _connector='OR'), name='document_has_all_its_parts'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
