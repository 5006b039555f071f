"""What happened and what was there is counted day by day, for good."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql"


def read(name: str) -> str:
    """Give the SQL of one file."""
    return (SQL / name).read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Counts of days, and what they tell apart: the old system, the account, the age when recorded."""

    dependencies = [("store", "0081_equality")]

    operations = [
        migrations.AddField("referralrow", "origin", models.TextField(null=True)),
        migrations.AddField("referralrow", "account", models.BinaryField(null=True)),
        migrations.AddIndex(
            "referralrow",
            models.Index(
                fields=["account"],
                condition=models.Q(account__isnull=False),
                name="referral_by_account",
            ),
        ),
        migrations.AddField("personrow", "age_band", models.TextField(null=True)),
        migrations.RunSQL(read("day_counts.sql"), reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(read("there_counts.sql"), reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(read("people_there.sql"), reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(read("days_before.sql"), reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(
            [("SELECT machinery.count_days_before(%s)", [settings.TIME_ZONE])],
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.CreateModel(
            name="DayCountRow",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("counted", models.TextField()),
                ("day", models.DateField()),
                ("parts", models.TextField()),
                ("known_on", models.DateField()),
                ("slot", models.SmallIntegerField()),
                ("number", models.BigIntegerField()),
            ],
            options={"db_table": '"machinery"."day_count"', "managed": False},
        ),
        migrations.CreateModel(
            name="CountedAsRow",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("whose", models.UUIDField()),
                ("counted", models.TextField()),
                ("parts", models.TextField()),
            ],
            options={"db_table": '"machinery"."counted_as"', "managed": False},
        ),
    ]
