"""Requests for information end in more ways, and what was owed before is owed again."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql"
CHANNELS = ["form", "mail", "paper"]
STANDINGS = [
    *("open", "replied", "under_review", "to_reply_again", "at_commissioner", "to_comply"),
    *("not_valid", "transferred", "withdrawn", "lapsed", "unreached"),
]
STEPS = [
    *("clarification_asked", "clarification_answered", "fee_asked", "fee_paid", "extended"),
    *("not_valid", "transferred", "withdrawn", "lapsed", "unreached"),
    *("review_asked", "reviewed", "review_upheld", "review_withdrawn"),
    *("error_found", "error_withdrawn"),
    *("commissioner_asked", "commissioner_decided", "commissioner_done"),
]


class Migration(migrations.Migration):
    """What a request may become, with the functions that hold it to that."""

    dependencies = [("store", "0002_functions")]

    operations = [
        migrations.RemoveConstraint("foirequestrow", "foi_request_is_of_a_known_kind"),
        migrations.AddConstraint(
            "foirequestrow",
            models.CheckConstraint(
                condition=models.Q(("channel__in", CHANNELS), ("standing__in", STANDINGS)),
                name="foi_request_is_of_a_known_kind",
            ),
        ),
        migrations.RemoveConstraint("foisteprow", "foi_step_is_of_a_known_kind"),
        migrations.AddConstraint(
            "foisteprow",
            models.CheckConstraint(
                condition=models.Q(("what__in", STEPS)), name="foi_step_is_of_a_known_kind"
            ),
        ),
        *(
            migrations.RunSQL((SQL / f"{name}.sql").read_text(encoding="utf-8"))
            for name in ("foi_moves", "foi_replies")
        ),
    ]
