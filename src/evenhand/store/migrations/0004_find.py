"""What the list of referrals is filtered by, and saved lists."""

from django.db import migrations


class Migration(migrations.Migration):
    """What the list of referrals is filtered by, and saved lists."""

    dependencies = [("store", "0003_draft_about")]
    operations = []
