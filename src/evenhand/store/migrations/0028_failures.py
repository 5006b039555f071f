"""A comparison of casework with the log that failed is kept, too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A comparison of casework with the log that failed is kept, with the kind of fault."""

    dependencies = [("store", "0027_held")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE machinery.reconciliation ADD COLUMN failure text NOT NULL DEFAULT ''",
            state_operations=[
                migrations.AddField(
                    model_name='reconciliationrow',
                    name='failure',
                    field=models.TextField(default=""),
                ),
            ],
        ),
    ]
