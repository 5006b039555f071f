"""Nobody comes on record twice untold apart; what was proposed of a pair lapses; recalls end."""

from datetime import timedelta
from pathlib import Path

from django.db import migrations, models
from django.db.models import F, Q

SQL = Path(__file__).parent.parent / "sql"
WHYS = ["erased", "lifted", "rectified", "restricted", "role_changed", "wrongly_sent"]
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
    """How a decision about two records, and a recall, may stand, with the functions for that."""

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
        migrations.AddField("recallrow", "ended_at", models.DateTimeField(null=True)),
        migrations.RemoveConstraint("recallrow", "recall_reason_is_known"),
        migrations.AddConstraint(
            "recallrow",
            models.CheckConstraint(condition=Q(why__in=WHYS), name="recall_reason_is_known"),
        ),
        migrations.RemoveConstraint("recallrow", "recall_waits_once"),
        migrations.AddConstraint(
            "recallrow",
            models.UniqueConstraint(
                fields=["disclosure", "why"],
                condition=Q(sent_at__isnull=True, ended_at__isnull=True),
                name="recall_waits_once",
            ),
        ),
        migrations.RemoveIndex("recallrow", "recall_open"),
        migrations.AddIndex(
            "recallrow",
            models.Index(
                fields=["due_at", "id"],
                condition=Q(acknowledged_at__isnull=True, ended_at__isnull=True),
                name="recall_open",
            ),
        ),
        *(
            migrations.RunSQL((SQL / f"{name}.sql").read_text(encoding="utf-8"))
            for name in ("pairs_fit", "recalls_end")
        ),
    ]
