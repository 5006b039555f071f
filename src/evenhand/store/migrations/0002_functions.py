"""The tables beside casework, and what the database holds by itself: functions and triggers."""

from pathlib import Path

from django.conf import settings
from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
IN_ORDER = (
    "consultations", "oversight", "log", "people", "assurance", "unique", "retention",
    "imports", "sharing", "reporters", "held", "counts", "traces", "duty", "purposes",
    "lifting", "decided", "originators", "telling", "public_reports", "mail", "captures",
    "new_log", "opening", "held_to", "challenges", "known", "capture_time", "regime",
    "challenged", "exports", "challengers", "scrutiny", "breaches", "equality", "day_counts",
    "there_counts", "people_there", "days_before", "fields_known", "figures", "together",
    "known_refusals", "foi", "yearly", "rights_requests", "counted_together", "foi_replies",
    "foi_held", "training", "assessed", "rights_reviews", "certified_together", "told",
    "instructed", "day_sums", "asked_once", "after_an_error", "days_closed",
)
COUNTS = ("count_anew", "count_days_before", "count_assessed_before")
"""What sets the counts of the desk’s first day, by the desk’s clock."""


class Migration(migrations.Migration):
    """Each subject has its own file of SQL."""

    # Of desks from before the tables were made in one step.
    replaces = [("store", "0123_days_closed")]

    dependencies = [("store", "0001_tables")]

    operations = [
        *(
            migrations.RunSQL((SQL / f"{name}.sql").read_text(encoding="utf-8"))
            for name in IN_ORDER
        ),
        *(
            migrations.RunSQL([(f"SELECT machinery.{name}(%s)", [settings.TIME_ZONE])])
            for name in COUNTS
        ),
    ]
