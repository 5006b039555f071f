"""Nobody comes on record twice untold apart, and what was proposed of a pair lapses with its record."""

from datetime import timedelta
from pathlib import Path

from django.db import migrations, models
from django.db.models import F, Q

SQL = Path(__file__).parent.parent / "sql" / "pairs_fit.sql"
NOT_ANSWERED = Q(answered_by__isnull=True, answered_at__isnull=True)
ANSWERED = Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answered_by=F("decided_by"))
NOT_UNDONE = Q(undone_by__isnull=True, undone_at__isnull=True)
UNDONE = Q(
    standing="undone",
    undone_by__isnull=False,
    undone_at__isnull=False,
    undone_at__lte=F("answered_at") + timedelta(days=28),
)


class Migration(migrations.Migration):
    """One file of SQL, and how a decision about two records may stand."""

    dependencies = [("store", "0013_ages_fit")]

    operations = [
        migrations.RemoveConstraint("combinationrow", "combination_by_two_officers"),
        migrations.AddConstraint(
            "combinationrow",
            models.CheckConstraint(
                condition=(
                    Q(standing__in=["apart", "proposed", "lapsed"]) & NOT_ANSWERED & NOT_UNDONE
                )
                | (Q(standing__in=["refused", "joined"]) & ANSWERED & NOT_UNDONE)
                | (UNDONE & ANSWERED),
                name="combination_by_two_officers",
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]
