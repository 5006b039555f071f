"""What is told of people in a quarter is kept; a correction is withdrawn, and a reply corrected."""

import uuid
from pathlib import Path

from django.db import migrations, models
from django.db.models import Q

SQL = Path(__file__).parent.parent / "sql" / "told.sql"
STANDS = Q(declined_at__isnull=True, withdrawn_at__isnull=True)


class Migration(migrations.Migration):
    """A table that is only added to, and a column."""

    dependencies = [("store", "0116_days_apart")]

    operations = [
        migrations.CreateModel(
            name="PeopleQuarterRow",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("first_day", models.DateField(unique=True)),
                ("on_record", models.TextField()),
                ("disposed_of", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "people_quarter"},
        ),
        migrations.AddConstraint(
            "peoplequarterrow",
            models.CheckConstraint(
                condition=Q(first_day__day=1, first_day__month__in=[1, 4, 7, 10]),
                name="people_quarter_begins_one",
            ),
        ),
        migrations.AddField("erratumrow", "withdrawn_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "erratumrow",
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | Q(confirmed_at__isnull=True, declined_at__isnull=True),
                name="erratum_withdrawn_unanswered",
            ),
        ),
        migrations.RemoveConstraint("erratumrow", "erratum_of_a_figure_once"),
        migrations.RemoveConstraint("erratumrow", "erratum_by_one_once"),
        migrations.AddConstraint(
            "erratumrow",
            models.UniqueConstraint(
                condition=STANDS, fields=["wrong"], name="erratum_of_a_figure_once"
            ),
        ),
        migrations.AddConstraint(
            "erratumrow",
            models.UniqueConstraint(condition=STANDS, fields=["right"], name="erratum_by_one_once"),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
