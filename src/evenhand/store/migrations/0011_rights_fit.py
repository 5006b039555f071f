"""Replies are held to what was found and done, and referrals to the route of the same content."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "rights_fits.sql"


class Migration(migrations.Migration):
    """One file of SQL, and the column by which what is left to do of one content is found."""

    dependencies = [("store", "0010_corrected_later")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        migrations.AddField("ReferralRow", "statutory_with", models.UUIDField(null=True)),
        migrations.AddIndex(
            "ReferralRow",
            models.Index(
                fields=["statutory_with"],
                condition=models.Q(statutory_with__isnull=False),
                name="referral_by_route",
            ),
        ),
    ]
