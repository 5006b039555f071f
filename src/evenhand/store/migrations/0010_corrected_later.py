"""Published replies are corrected once their request is erased; holds outlast what reached nobody."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql"
CHANNELS = ["form", "mail", "paper", "correction"]
STANDINGS = [
    *("open", "replied", "under_review", "to_reply_again", "at_commissioner", "to_comply"),
    *("not_valid", "transferred", "withdrawn", "lapsed", "unreached"),
]


class Migration(migrations.Migration):
    """What a request corrects, with the functions that hold it to that."""

    dependencies = [("store", "0009_foi_not_held")]

    operations = [
        migrations.AddField("foirequestrow", "corrects", models.TextField(null=True)),
        migrations.RemoveConstraint("foirequestrow", "foi_request_is_of_a_known_kind"),
        migrations.AddConstraint(
            "foirequestrow",
            models.CheckConstraint(
                condition=models.Q(("channel__in", CHANNELS), ("standing__in", STANDINGS)),
                name="foi_request_is_of_a_known_kind",
            ),
        ),
        migrations.AddConstraint(
            "foirequestrow",
            models.CheckConstraint(
                condition=models.Q(("channel", "correction"), ("corrects__isnull", False))
                | models.Q(
                    models.Q(("channel", "correction"), _negated=True), ("corrects", None)
                ),
                name="foi_request_corrects_where_nobody_asked",
            ),
        ),
        migrations.AddConstraint(
            "foirequestrow",
            models.UniqueConstraint(
                condition=models.Q(("standing", "withdrawn"), _negated=True),
                fields=("corrects",),
                name="foi_request_one_correction_at_a_time",
            ),
        ),
        *(
            migrations.RunSQL((SQL / f"{name}.sql").read_text(encoding="utf-8"))
            for name in ("foi_moves", "foi_held")
        ),
    ]
