"""Working days, what is due, and snoozes."""

from django.db import migrations


class Migration(migrations.Migration):
    """Working days, what is due, and snoozes."""

    dependencies = [("store", "0006_platforms")]
    operations = []
