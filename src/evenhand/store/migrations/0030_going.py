"""What goes with a record is found by an index, however much else there is."""

from django.db import migrations


class Migration(migrations.Migration):
    """Looks at a record and answers that tell of one are found by it."""

    dependencies = [("store", "0029_restoring")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX consultation_about ON machinery.consultation (about)",
            reverse_sql="DROP INDEX machinery.consultation_about",
        ),
        migrations.RunSQL(
            "CREATE INDEX repeat_about ON machinery.repeat USING gin (about)",
            reverse_sql="DROP INDEX machinery.repeat_about",
        ),
    ]
