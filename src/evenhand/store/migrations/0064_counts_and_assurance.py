"""Two lines of migrations go on as one: counts by days, and the registers of assurance."""

from django.db import migrations


class Migration(migrations.Migration):
    """Changes nothing."""

    dependencies = [("store", "0063_figures"), ("store", "0081_equality")]
    operations = []
