"""What was said of a breach, and counts of the equality tally, go when their time is over."""

from pathlib import Path

import django.db.models.deletion
import evenhand.store.fields
from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "assurance_forgotten.sql"


class Migration(migrations.Migration):
    """The words of a breach are erased once, and its facts stay."""

    dependencies = [
        ('store', '0095_rights_withdrawn'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='breachgrouprow',
            name='breach_group_told_the_four_contents',
        ),
        migrations.RemoveConstraint(
            model_name='breachrow',
            name='breach_not_told_for_a_reason',
        ),
        migrations.AddField(
            model_name='breachrow',
            name='erased_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='breachgrouprow',
            name='reasons',
            field=evenhand.store.fields.SealedField(null=True),
        ),
        migrations.AlterField(
            model_name='breachrow',
            name='key',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='store.recordkeyrow'),
        ),
        migrations.AddConstraint(
            model_name='breachgrouprow',
            constraint=models.CheckConstraint(condition=models.Q(('told_on__isnull', True), models.Q(('consequences__isnull', False), ('contact__isnull', False), ('measures__isnull', False), ('nature__isnull', False), ('to_tell__in', ['effort', 'tell'])), models.Q(('reasons__isnull', True), ('to_tell__in', ['effort', 'tell'])), _connector='OR'), name='breach_group_told_the_four_contents'),
        ),
        migrations.AddConstraint(
            model_name='breachrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('not_told_at__isnull', True), ('not_told_because__isnull', True)), models.Q(('not_told_at__isnull', False), ('not_told_because__isnull', False)), ('erased_at__isnull', False), _connector='OR'), name='breach_not_told_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='breachrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('erased_at__isnull', True), ('key__isnull', False)), models.Q(('closed_at__isnull', False), ('erased_at__isnull', False), ('key__isnull', True), ('late_because__isnull', True), ('not_told_because__isnull', True), ('package__isnull', True)), _connector='OR'), name='breach_erased_whole_once_closed'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
