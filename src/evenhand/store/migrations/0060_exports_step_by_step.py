"""Exports go step by step, each by another officer and within its time, in the database too."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "exports.sql"


class Migration(migrations.Migration):
    """Constraints and a trigger."""

    dependencies = [("store", "0059_closed_desk")]

    operations = [
        migrations.AddConstraint(
            model_name='exportrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('allowed__isnull', True), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('allowed__isnull', False), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='export_is_answered_by_somebody'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
