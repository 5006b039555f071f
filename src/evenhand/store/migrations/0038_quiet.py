"""An officer puts a reminder of a break away for a while."""

from django.db import migrations


class Migration(migrations.Migration):
    """Until when a reminder that was seen stays away, for that officer alone."""

    dependencies = [("store", "0037_platform_links")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE machinery.preference ADD COLUMN quiet_until timestamptz",
            reverse_sql="ALTER TABLE machinery.preference DROP COLUMN quiet_until",
        ),
    ]
