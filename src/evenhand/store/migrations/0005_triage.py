"""Triage in full, and the view ledger."""

from django.db import migrations


class Migration(migrations.Migration):
    """Triage in full, and the view ledger."""

    dependencies = [("store", "0004_find")]
    operations = []
