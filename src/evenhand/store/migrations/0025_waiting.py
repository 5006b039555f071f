"""What has waited the longest is found by an index; a comparison says if it read the tree."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Indexes of what waits end with the number; the comparison gets a column."""

    dependencies = [
        ('store', '0020_people'),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE machinery.reconciliation ADD COLUMN in_tree bigint",
            state_operations=[
                migrations.AddField(
                    model_name='reconciliationrow',
                    name='in_tree',
                    field=models.BigIntegerField(null=True),
                ),
            ],
        ),
        migrations.RemoveIndex(
            model_name='referralrow',
            name='referral_waiting',
        ),
        migrations.RemoveIndex(
            model_name='referralrow',
            name='referral_waiting_for',
        ),
        migrations.RemoveIndex(
            model_name='referralrow',
            name='referral_emergencies',
        ),
        migrations.AddIndex(
            model_name='referralrow',
            index=models.Index(fields=['state', 'state_since', 'number'], name='referral_waiting'),
        ),
        migrations.AddIndex(
            model_name='referralrow',
            index=models.Index(fields=['owner', 'state', 'state_since', 'number'], name='referral_waiting_for'),
        ),
        migrations.AddIndex(
            model_name='referralrow',
            index=models.Index(condition=models.Q(('state__in', ['sent', 'acknowledged'])), fields=['owner', 'due_at', 'number'], name='referral_to_chase'),
        ),
        migrations.AddIndex(
            model_name='referralrow',
            index=models.Index(condition=models.Q(('emergency_since__isnull', False)), fields=['emergency_since', 'number'], name='referral_emergencies'),
        ),
    ]
