"""Many referrals at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Many referrals at once."""

    dependencies = [("store", "0007_clocks")]
    operations = [
        migrations.AddField(
            model_name="assessmentrow", name="in_group", field=models.UUIDField(null=True)
        ),
        migrations.AddIndex(
            model_name="assessmentrow",
            index=models.Index(
                condition=models.Q(("in_group__isnull", False)),
                fields=["in_group"],
                name="assessment_in_group",
            ),
        ),
        # A draft can be about several referrals; it is forgotten with any of them.
        migrations.RunSQL(
            "DROP INDEX machinery.draft_about;"
            "ALTER TABLE machinery.draft ALTER COLUMN about TYPE text[]"
            " USING CASE WHEN about IS NOT NULL THEN ARRAY[about] END;"
            "CREATE INDEX draft_about ON machinery.draft USING gin (about);",
            reverse_sql="DROP INDEX machinery.draft_about;"
            "ALTER TABLE machinery.draft ALTER COLUMN about TYPE text USING about[1];"
            "CREATE INDEX draft_about ON machinery.draft (about) WHERE about IS NOT NULL;",
        ),
    ]
