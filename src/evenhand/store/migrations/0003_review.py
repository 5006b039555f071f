"""What is kept says which referral it is about; what was removed or answered was once sent."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """The schema ``machinery`` is made by SQL, the rest by the models."""

    dependencies = [("store", "0002_casework")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE machinery.draft ADD COLUMN about text;"
            "CREATE INDEX draft_about ON machinery.draft (about) WHERE about IS NOT NULL;",
            reverse_sql="ALTER TABLE machinery.draft DROP COLUMN about;",
        ),
        migrations.RunSQL(
            "ALTER TABLE machinery.repeat ADD COLUMN about text[] NOT NULL DEFAULT '{}'",
            reverse_sql="ALTER TABLE machinery.repeat DROP COLUMN about",
        ),
        migrations.RemoveConstraint(
            model_name="referralrow", name="referral_goes_nowhere_without_approval"
        ),
        migrations.AddConstraint(
            model_name="referralrow",
            constraint=models.CheckConstraint(
                condition=~Q(state__in=["approved", "sent", "undeliverable"])
                | Q(approved_by__isnull=False),
                name="referral_goes_nowhere_without_approval",
            ),
        ),
        migrations.AddConstraint(
            model_name="referralrow",
            constraint=models.CheckConstraint(
                condition=~Q(
                    sent_at=None, state__in=["acknowledged", "checked", "decided", "no_response"]
                ),
                name="referral_is_answered_only_once_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="referralrow",
            constraint=models.CheckConstraint(
                condition=~Q(is_removal=True, sent_at=None),
                name="referral_removed_only_once_sent",
            ),
        ),
    ]
