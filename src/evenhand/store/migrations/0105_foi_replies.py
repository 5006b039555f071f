"""A further reply to a request for information stands beside the first."""

from pathlib import Path
from uuid import uuid4

from django.db import migrations, models
from django.db.models import F, Q

SQL = Path(__file__).parent.parent / "sql" / "foi_replies.sql"
RUNS = ["at_commissioner", "open", "to_comply", "to_reply_again", "under_review"]
STANDINGS = [
    "open", "replied", "under_review", "to_reply_again", "at_commissioner", "to_comply",
    "not_valid", "transferred", "withdrawn", "lapsed",
]  # fmt: skip
STEPS = [
    "clarification_asked", "clarification_answered", "fee_asked", "fee_paid", "extended",
    "not_valid", "transferred", "withdrawn", "lapsed", "review_asked", "reviewed",
    "review_upheld", "commissioner_asked", "commissioner_decided", "commissioner_done",
]  # fmt: skip
LETTERS = [
    "clarification_asked", "fee_asked", "extended", "not_valid", "transferred", "reply",
    "reviewed", "review_upheld",
]  # fmt: skip
IS_RUNNING = Q(standing__in=RUNS)


class Migration(migrations.Migration):
    """Four columns, one standing and one step more, and what holds them to it."""

    dependencies = [("store", "0102_foi_published")]

    operations = [
        migrations.AddField("foipartrow", "reply", models.IntegerField(default=1)),
        migrations.AddField("foiletterrow", "reply", models.IntegerField(default=1)),
        migrations.AddField("foidisclosurerow", "reply", models.IntegerField(default=1)),
        migrations.AddField("foidisclosurerow", "tables", models.TextField(default="[]")),
        migrations.AlterField(
            "foidisclosurerow",
            "id",
            models.UUIDField(default=uuid4, primary_key=True, serialize=False),
        ),
        migrations.AlterField("foidisclosurerow", "number", models.TextField()),
        migrations.AddConstraint(
            "foidisclosurerow",
            models.UniqueConstraint(
                fields=("number", "reply"), name="foi_disclosure_one_of_each_reply"
            ),
        ),
        migrations.RemoveIndex("foidisclosurerow", "foi_disclosure_newest"),
        migrations.AddIndex(
            "foidisclosurerow",
            models.Index(
                fields=["-replied_on", "-number", "-reply"], name="foi_disclosure_newest"
            ),
        ),
        migrations.RemoveConstraint("foiletterrow", "foi_letter_one_reply"),
        migrations.AddConstraint(
            "foiletterrow",
            models.UniqueConstraint(
                condition=Q(kind="reply", returned_at=None),
                fields=("request", "reply"),
                name="foi_letter_one_of_each_reply",
            ),
        ),
        migrations.RemoveConstraint("foiletterrow", "foi_letter_is_of_a_known_kind"),
        migrations.AddConstraint(
            "foiletterrow",
            models.CheckConstraint(
                condition=Q(kind__in=LETTERS), name="foi_letter_is_of_a_known_kind"
            ),
        ),
        migrations.RemoveConstraint("foisteprow", "foi_step_is_of_a_known_kind"),
        migrations.AddConstraint(
            "foisteprow",
            models.CheckConstraint(
                condition=Q(what__in=STEPS), name="foi_step_is_of_a_known_kind"
            ),
        ),
        migrations.RemoveConstraint("foirequestrow", "foi_request_is_of_a_known_kind"),
        migrations.AddConstraint(
            "foirequestrow",
            models.CheckConstraint(
                condition=Q(standing__in=STANDINGS, channel__in=["form", "mail", "paper"]),
                name="foi_request_is_of_a_known_kind",
            ),
        ),
        migrations.RemoveConstraint("foirequestrow", "foi_request_closed_is_on_the_schedule"),
        migrations.AddConstraint(
            "foirequestrow",
            models.CheckConstraint(
                condition=Q(IS_RUNNING, closed_on=None, review_on=None, max_on=None)
                | (
                    ~IS_RUNNING
                    & Q(
                        closed_on__isnull=False,
                        review_on__isnull=False,
                        max_on__isnull=False,
                        review_on__gte=F("closed_on"),
                        max_on__gte=F("review_on"),
                    )
                ),
                name="foi_request_closed_is_on_the_schedule",
            ),
        ),
        migrations.RemoveIndex("foirequestrow", "foi_request_running"),
        migrations.AddIndex(
            "foirequestrow",
            models.Index(
                condition=IS_RUNNING, fields=["received_on", "number"], name="foi_request_running"
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
