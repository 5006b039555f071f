"""What is known of an age fits the day on which it is recorded, and people the referral they come by."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
IN_ORDER = ("ages_fit", "people_recorded")


class Migration(migrations.Migration):
    """Each subject has its own file of SQL. What was recorded before stays until it is put right."""

    dependencies = [("store", "0012_parts_alone")]

    operations = [
        migrations.RunSQL((SQL / f"{name}.sql").read_text(encoding="utf-8")) for name in IN_ORDER
    ]
