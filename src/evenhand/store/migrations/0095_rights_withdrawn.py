"""A request about data may be withdrawn by whoever made it."""

from pathlib import Path

from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "rights_withdrawn.sql"
OUTCOMES = [
    "given", "given_in_part", "granted", "granted_in_part", "nothing_to_give", "refused", "unfounded",
]
KINDS = [
    "acknowledgement", "clarification", "extension", "fee", "identity", "reply", "withdrawal",
]


class Migration(migrations.Migration):
    """Two columns, what a request ends with, and one more letter."""

    dependencies = [("store", "0070_rights_requests")]

    operations = [
        migrations.AddField("rightsrequestrow", "withdrawn_at", models.DateTimeField(null=True)),
        migrations.AddField("rightsrequestrow", "told", evenhand.store.fields.SealedField(null=True)),
        migrations.RemoveConstraint("rightsrequestrow", "rights_request_ends_with_a_reply"),
        migrations.AddConstraint(
            "rightsrequestrow",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("standing", "open")),
                        ("max_on__isnull", True),
                        ("outcome__isnull", True),
                        ("replied_at__isnull", True),
                        ("review_on__isnull", True),
                        ("told__isnull", True),
                        ("withdrawn_at__isnull", True),
                    ),
                    models.Q(
                        ("max_on__isnull", False),
                        ("outcome__isnull", True),
                        ("replied_at__isnull", True),
                        ("review_on__isnull", False),
                        ("standing", "withdrawn"),
                        ("told__isnull", False),
                        ("withdrawn_at__isnull", False),
                    ),
                    models.Q(
                        ("max_on__isnull", False),
                        ("outcome__in", OUTCOMES),
                        ("outcome__isnull", False),
                        ("replied_at__isnull", False),
                        ("review_on__isnull", False),
                        ("standing", "replied"),
                        ("told__isnull", True),
                        ("withdrawn_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="rights_request_ends_with_a_reply",
            ),
        ),
        migrations.RemoveConstraint("rightsletterrow", "rights_letter_is_of_a_known_kind"),
        migrations.AddConstraint(
            "rightsletterrow",
            models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", KINDS),
                    ("standing__in", ["approved", "proposed", "returned", "sent"]),
                ),
                name="rights_letter_is_of_a_known_kind",
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
