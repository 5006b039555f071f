"""Many referrals at once."""

from django.db import migrations


class Migration(migrations.Migration):
    """Many referrals at once."""

    dependencies = [("store", "0007_clocks")]
    operations = []
