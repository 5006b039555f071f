"""A referral by e-mail has a form, and one form gives the platform a time by law."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """What was sent until now was plain text."""

    dependencies = [("store", "0035_lifting")]

    operations = [
        migrations.AddField("noticerow", "form", models.TextField(null=True)),
        migrations.AddField("referralrow", "answer_by", models.DateTimeField(null=True)),
    ]
