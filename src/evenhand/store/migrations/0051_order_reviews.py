"""The review of a content removal notice. Crime and Policing Act 2026 s.22."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """How the review stands, where one was asked for."""

    dependencies = [("store", "0050_platform_tokens")]

    operations = [
        migrations.AddField("referralrow", "order_review", models.TextField(null=True)),
        migrations.AddConstraint(
            "referralrow",
            models.CheckConstraint(
                condition=models.Q(
                    ("order_review__isnull", True),
                    models.Q(
                        ("answer_by__isnull", False),
                        ("order_review__in", ["asked", "confirmed", "withdrawn"]),
                    ),
                    _connector="OR",
                ),
                name="referral_review_is_of_an_order",
            ),
        ),
    ]
