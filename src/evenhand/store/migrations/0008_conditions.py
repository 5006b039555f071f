"""A policy document states the conditions of Schedule 8 that it relies on."""

from pathlib import Path

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import Q

SQL = Path(__file__).parent.parent / "sql" / "conditions.sql"


class Migration(migrations.Migration):
    """One column, and what the database holds of it."""

    dependencies = [("store", "0007_keys_of_parts")]

    operations = [
        migrations.AddField(
            "DocumentRow", "conditions", ArrayField(base_field=models.TextField(), null=True)
        ),
        migrations.AddConstraint(
            "DocumentRow",
            models.CheckConstraint(
                condition=Q(conditions__isnull=True)
                | Q(~Q(conditions__contains=["5"]), kind="apd", conditions__len__gt=0),
                name="document_states_conditions_of_schedule_8",
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]
