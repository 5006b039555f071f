"""A platform answers by a link, and nobody of the desk types it in."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Each referral has its first link; an answer may have come by one."""

    dependencies = [("store", "0036_notice_forms")]

    operations = [
        migrations.AddField("referralrow", "link_number", models.SmallIntegerField(default=1)),
        migrations.AlterField(
            "answerrow",
            "by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.officerrow",
            ),
        ),
    ]
