"""What is due, and what goes with a record, is found by an index, however much else there is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Records by their last day; looks at a record, and answers that tell of one, by the record."""

    dependencies = [("store", "0030_counts")]
    operations = [
        migrations.RemoveIndex(model_name="personrow", name="person_by_end"),
        migrations.RemoveIndex(model_name="referralrow", name="referral_by_last_day"),
        migrations.AddIndex(
            model_name="personrow",
            index=models.Index(fields=["max_on", "reference", "review_on"], name="person_by_end"),
        ),
        migrations.AddIndex(
            model_name="referralrow",
            index=models.Index(
                condition=models.Q(("max_on__isnull", False)),
                fields=["max_on", "reference", "review_on"],
                name="referral_by_end",
            ),
        ),
        migrations.RunSQL(
            "CREATE INDEX consultation_about ON machinery.consultation (about)",
            reverse_sql="DROP INDEX machinery.consultation_about",
        ),
        migrations.RunSQL(
            "CREATE INDEX repeat_about ON machinery.repeat USING gin (about)",
            reverse_sql="DROP INDEX machinery.repeat_about",
        ),
    ]
