"""What is challenged keeps its days and goes nowhere; a receipt tells what was sent."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "challenged.sql"


class Migration(migrations.Migration):
    """Questions that were answered before name no ground and no harm: their digests are in the log."""

    dependencies = [("store", "0056_regime")]

    operations = [
        migrations.RemoveConstraint(
            model_name='referralrow',
            name='referral_kept_for_a_time',
        ),
        migrations.AddField(
            model_name='askingrow',
            name='ground',
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name='askingrow',
            name='harm',
            field=models.TextField(null=True),
        ),
        migrations.AddConstraint(
            model_name='askingrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground', None), ('harm', None)), ('referral__isnull', False), _connector='OR'), name='asking_says_only_what_it_tells'),
        ),
        migrations.AddConstraint(
            model_name='referralrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['closed', 'duplicate', 'not_for_us', 'not_referred', 'statutory_route', 'withdrawn']), ('max_on__gte', models.F('review_on')), ('max_on__isnull', False), ('review_on__gte', models.F('start_on')), ('review_on__isnull', False), ('schedule__isnull', False), ('start_on__isnull', False)), models.Q(('before_challenge__in', ['closed', 'duplicate', 'not_for_us', 'not_referred', 'statutory_route', 'withdrawn']), ('state', 'under_challenge'), ('max_on__gte', models.F('review_on')), ('max_on__isnull', False), ('review_on__gte', models.F('start_on')), ('review_on__isnull', False), ('schedule__isnull', False), ('start_on__isnull', False)), models.Q(models.Q(('state__in', ['closed', 'duplicate', 'not_for_us', 'not_referred', 'statutory_route', 'withdrawn']), _negated=True), ('extended', None), ('max_on', None), ('restricted', None), ('review_on', None), ('schedule', None), ('start_on', None)), _connector='OR'), name='referral_kept_for_a_time'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
