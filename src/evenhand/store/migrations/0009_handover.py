"""Hand-over, notes and looks."""

from django.db import migrations


class Migration(migrations.Migration):
    """Hand-over, notes and looks."""

    dependencies = [("store", "0008_groups")]
    operations = []
