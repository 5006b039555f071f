"""Platform profiles and portal sheets."""

from django.db import migrations


class Migration(migrations.Migration):
    """Platform profiles and portal sheets."""

    dependencies = [("store", "0005_triage")]
    operations = []
