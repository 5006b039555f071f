"""What the desk did in each month, counted as it happens."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "counts.sql"


class Migration(migrations.Migration):
    """What the desk did in each month, counted as it happens; what happened before, once."""

    dependencies = [("store", "0029_restoring")]
    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(
            [("SELECT machinery.count_anew(%s)", [settings.TIME_ZONE])],
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.CreateModel(
            name='MonthCountRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('counted', models.TextField()),
                ('slot', models.SmallIntegerField()),
                ('number', models.BigIntegerField()),
            ],
            options={
                'db_table': '"machinery"."month_count"',
                'managed': False,
            },
        ),
        # Only the counting of rows read these.
        migrations.RemoveIndex(model_name='moverow', name='move_by_day'),
        migrations.RemoveIndex(model_name='decisionrow', name='decision_by_day'),
        migrations.RemoveIndex(model_name='noticerow', name='notice_by_day_settled'),
        migrations.RemoveIndex(model_name='referralrow', name='referral_removals'),
    ]
